namespace CrmSync.Adapters.Batches;

/// <summary>What a vendor's folder knows of refusals of whole batches.</summary>
/// <param name="IsOfRows">Refused for what a row holds, not for who asks.</param>
/// <param name="IsOfEveryRow">Every row of these would be refused alike: halving finds nobody.</param>
/// <param name="Describe">In the vendor's own words, without values.</param>
internal sealed record WriteFaults(Func<CrmException, bool> IsOfRows, Func<LeadWrite[], CrmException, bool> IsOfEveryRow, Func<CrmException, string> Describe);

/// <summary>
/// Sends writes once, a batch at a time. A batch refused as a whole is halved until the row to blame stands alone; what a
/// break in the line leaves unsettled is Unknown, and what was not yet sent then stays unsent.
/// </summary>
/// <param name="send">Sends one batch and settles all rows of it.</param>
internal sealed class WriteBatches(int size, WriteFaults faults, Func<LeadWrite[], CancellationToken, Task<IReadOnlyDictionary<LeadWrite, LeadWriteResult>>> send)
{
    public async Task<IReadOnlyList<LeadWriteResult>> RunAsync(IReadOnlyList<LeadWrite> writes, CancellationToken cancellationToken)
    {
        var results = new Dictionary<LeadWrite, LeadWriteResult>(ReferenceEqualityComparer.Instance);
        // Two writes to one record in a batch: which one wins is not documented.
        var first = writes.DistinctBy(w => w.LeadId).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var repeated in writes.Where(w => !first.Contains(w)))
            results[repeated] = Result(repeated, WriteOutcome.NotSent, "repeated-in-call");

        var waiting = new Stack<LeadWrite[]>(writes.Where(first.Contains).Chunk(size).Reverse());
        while (waiting.TryPop(out var rows))
        {
            try
            {
                foreach (var (write, result) in await send(rows, cancellationToken).ConfigureAwait(false))
                    results[write] = result;
            }
            catch (CrmException e) when (e is { OutcomeUnknown: true })
            {
                Settle(results, rows, WriteOutcome.Unknown, e);
                Settle(results, waiting.SelectMany(w => w), WriteOutcome.NotSent, e);
                break;
            }
            catch (CrmException e) when (faults.IsOfRows(e))
            {
                Divide(rows, e, waiting, results);
            }
            catch (CrmException e) when (results.Values.All(r => r.Outcome is WriteOutcome.NotSent))
            {
                throw new CrmException(e.Failure, e.Message, e) { RetryAt = e.RetryAt, Repair = e.Repair };
            }
            catch (CrmException e)
            {
                Settle(results, rows.Concat(waiting.SelectMany(w => w)), WriteOutcome.NotSent, e);
                break;
            }
        }
        return [.. writes.Select(w => results[w])];
    }

    public static LeadWriteResult Result(LeadWrite write, WriteOutcome outcome, string? reason = null, DateTimeOffset? at = null) =>
        new(write.LeadId, write.TraceId, outcome, reason, at);

    private void Divide(LeadWrite[] rows, CrmException e, Stack<LeadWrite[]> waiting, Dictionary<LeadWrite, LeadWriteResult> results)
    {
        if (rows.Length == 1 || faults.IsOfEveryRow(rows, e))
        {
            Settle(results, rows, e.Failure == CrmFailure.NotFound ? WriteOutcome.Gone : WriteOutcome.Refused, e);
            return;
        }
        waiting.Push(rows[(rows.Length / 2)..]);
        waiting.Push(rows[..(rows.Length / 2)]);
    }

    private void Settle(Dictionary<LeadWrite, LeadWriteResult> results, IEnumerable<LeadWrite> rows, WriteOutcome outcome, CrmException e)
    {
        foreach (var row in rows)
            results.TryAdd(row, Result(row, outcome, faults.Describe(e)));
    }
}
