namespace CrmSync.Worker.Commands.Demo;

/// <summary>What the demo plays.</summary>
internal sealed record DemoOptions
{
    public required int Leads { get; init; }
    public required int Seed { get; init; }
    public required IReadOnlyList<string> Crms { get; init; }
    public required DateTimeOffset Start { get; init; }
    public required bool Webhooks { get; init; }
    public required string DataDirectory { get; init; }
    public required string RulesFile { get; init; }

    /// <summary>How long a settled end is waited for, in the demo's time.</summary>
    public static TimeSpan Horizon { get; } = TimeSpan.FromDays(180);

    public static TimeSpan PollInterval { get; } = TimeSpan.FromMinutes(30);
}
