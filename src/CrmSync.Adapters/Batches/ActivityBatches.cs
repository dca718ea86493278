namespace CrmSync.Adapters.Batches;

/// <summary>What is left of a batch of tasks and notes after a break in the line.</summary>
internal static class ActivityBatches
{
    /// <summary>Rows that have a result keep it.</summary>
    public static void Settle(IEnumerable<LeadActivity> rows, WriteOutcome outcome, string reason, Dictionary<string, ActivityResult> results)
    {
        foreach (var row in rows)
            results.TryAdd(row.Key, new(row.Key, outcome, reason));
    }
}
