namespace CrmSync.Worker.Commands.Demo;

/// <summary>What somebody is going to do. <paramref name="What"/> is what the summary counts it as; null: not at all.</summary>
internal sealed record DemoPlan(DateTimeOffset At, Func<CancellationToken, Task> Act, string? What = null);
