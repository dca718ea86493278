using System.Globalization;

namespace CrmSync.Chaos.Runs;

/// <summary>How much is run: a little with every change, all of it on demand.</summary>
internal static class RunPlan
{
    /// <summary><c>CRMSYNC_CHAOS=1</c>: the long runs, with the figures that the README keeps.</summary>
    public static bool IsLong { get; } = Number("CRMSYNC_CHAOS") == 1;

    /// <summary>The seeds of the simulation on the first CRM, and in a short run fewer on each other; <c>CRMSYNC_SEED=N</c> plays one again.</summary>
    public static IReadOnlyList<int> Seeds(string crm) => Number("CRMSYNC_SEED") is { } one
        ? [one]
        : [.. Enumerable.Range(Number("CRMSYNC_FIRST_SEED") ?? 1, Number("CRMSYNC_SEEDS") ?? (IsLong ? 300 : crm == "hubspot" ? 20 : 4))];

    /// <summary>The seeds by which old backups come back, <c>CRMSYNC_RESTORES</c> of them; <c>CRMSYNC_SEED=N</c> plays one again.</summary>
    public static IReadOnlyList<int> Restores { get; } = Number("CRMSYNC_SEED") is { } one ? [one] : [.. Enumerable.Range(1, Number("CRMSYNC_RESTORES") ?? (IsLong ? 100 : 1))];

    /// <summary>People in a simulation, and the days it lasts before everything comes to rest.</summary>
    public static (int Leads, TimeSpan Span) Size { get; } = (Number("CRMSYNC_LEADS") ?? (IsLong ? 200 : 16), TimeSpan.FromDays(Number("CRMSYNC_DAYS") ?? (IsLong ? 7 : 1)));

    /// <summary>What an account has for us in a day where it has little: enough for most days, and not for all.</summary>
    public static int RequestsPerDay { get; } = 1_000 + (20 * Size.Leads);

    /// <summary>The seeds that are played twice, to see whether they take the same way.</summary>
    public static IReadOnlyList<int> Twice { get; } = Number("CRMSYNC_SEED") is { } one
        ? [one]
        : [.. Enumerable.Range(Number("CRMSYNC_FIRST_SEED") ?? 2, IsLong ? Number("CRMSYNC_SEEDS") ?? 3 : 0)];

    /// <summary>How large they are: it takes a day, not a week, to tell.</summary>
    public static (int Leads, TimeSpan Span) SizeTwice { get; } = (Number("CRMSYNC_LEADS") ?? 16, TimeSpan.FromDays(Number("CRMSYNC_DAYS") ?? 1));

    /// <summary><c>CRMSYNC_CRM=NAME</c>: the simulation on this CRM alone.</summary>
    public static string? Crm { get; } = Environment.GetEnvironmentVariable("CRMSYNC_CRM");

    /// <summary><c>CRMSYNC_KEEP=DIR</c>: where stores and logs of the seeds are put, to look into a violation.</summary>
    public static string? Keep { get; } = Environment.GetEnvironmentVariable("CRMSYNC_KEEP") is { Length: > 0 } keep ? keep : null;

    /// <summary><c>CRMSYNC_BUG=WORDS</c>: of the planted bugs only those whose name holds these words.</summary>
    public static string Bug { get; } = Environment.GetEnvironmentVariable("CRMSYNC_BUG") ?? "";

    private static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
