using CrmSync.Adapters;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>What the CRM's answer to a task or note means for its row.</summary>
internal static class ActivitySettling
{
    /// <summary>Some days of tries: what the CRM has not taken by then it never will.</summary>
    private const int MostTries = 100;
    private static readonly TimeSpan[] Rests = [.. new[] { 15, 60, 300, 900, 3600 }.Select(s => TimeSpan.FromSeconds(s))];

    public static ActivityRow Of(ActivityRow row, ActivityResult result, TimeSpan settleTime, DateTimeOffset now) => result.Outcome switch
    {
        WriteOutcome.Applied => Ended(row, ActivityState.Sent, null, now),
        WriteOutcome.Gone => Gone(row, result.Reason ?? "it was deleted", now),
        WriteOutcome.Unknown => Again(row, result, Later(settleTime, Rest(row)), now),
        WriteOutcome.NotSent when row.Tries < MostTries => Again(row, result, Rest(row), now),
        _ => Ended(row, ActivityState.Refused, result.Reason ?? "the CRM refused it", now),
    };

    public static ActivityRow Gone(ActivityRow row, string reason, DateTimeOffset now) => Ended(row, ActivityState.Gone, reason, now);

    private static ActivityRow Ended(ActivityRow row, ActivityState state, string? reason, DateTimeOffset now) =>
        row with { State = state, Reason = reason, SettledAt = now };

    private static ActivityRow Again(ActivityRow row, ActivityResult result, TimeSpan rest, DateTimeOffset now) =>
        row with { Tries = row.Tries + 1, NotBefore = now + rest, Reason = result.Reason };

    private static TimeSpan Rest(ActivityRow row) => Rests[Math.Min(row.Tries, Rests.Length - 1)];

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
