namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Sends writes once, by the hundred. A batch refused as a whole is halved until the row to blame stands alone; what a
/// break in the line leaves unsettled is Unknown, and what was not yet sent then stays unsent.
/// </summary>
internal sealed class HubSpotWriter(HubSpotClient client, HubSpotWriteAnswer answers)
{
    private const int MostInputs = 100;

    public async Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, StageMap stages, CancellationToken cancellationToken)
    {
        var results = new Dictionary<LeadWrite, LeadWriteResult>(ReferenceEqualityComparer.Instance);
        // Two writes to one record in a batch: which one wins is not documented.
        var first = writes.DistinctBy(w => w.LeadId).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var repeated in writes.Where(w => !first.Contains(w)))
            results[repeated] = HubSpotWriteAnswer.Result(repeated, WriteOutcome.NotSent, "repeated-in-call");

        var waiting = new Stack<LeadWrite[]>(writes.Where(first.Contains).Chunk(MostInputs).Reverse());
        while (waiting.TryPop(out var rows))
        {
            try
            {
                var answer = await SendAsync(rows, stages, cancellationToken).ConfigureAwait(false);
                foreach (var (write, result) in await answers.ReadAsync(rows, answer, stages, cancellationToken).ConfigureAwait(false))
                    results[write] = result;
            }
            catch (CrmException e) when (e is { OutcomeUnknown: true })
            {
                Settle(results, rows, WriteOutcome.Unknown, e);
                Settle(results, waiting.SelectMany(w => w), WriteOutcome.NotSent, e);
                break;
            }
            catch (CrmException e) when (HubSpotErrors.IsOfRows(e))
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

    /// <summary>The stage goes with the fields in one request; an account that has no such stage gets the fields alone.</summary>
    private Task<HubSpotBatch> SendAsync(LeadWrite[] rows, StageMap stages, CancellationToken cancellationToken)
    {
        var inputs = rows.Select(row =>
        {
            var properties = row.Fields.ToDictionary(f => f.Key, f => f.Value ?? "");
            if (row.Step == StageStep.Clear)
                properties[HubSpotPropertyNames.Stage] = "";
            else if (HubSpotWriteAnswer.Wanted(row, stages) is { } value)
                properties[HubSpotPropertyNames.Stage] = value;
            if (row.OwnerId is { } owner)
                properties[HubSpotPropertyNames.Owner] = owner;
            return new HubSpotUpdate(row.LeadId, row.TraceId, properties);
        });
        return client.Api.BatchUpdateAsync(client.Paths.Objects, HubSpotStreams.Contacts, new([.. inputs]), cancellationToken);
    }

    private static void Divide(LeadWrite[] rows, CrmException e, Stack<LeadWrite[]> waiting, Dictionary<LeadWrite, LeadWriteResult> results)
    {
        var error = HubSpotErrors.Of(e);
        var missing = HubSpotErrors.PropertiesOf(error);
        var everyRow = missing.Count > 0
            && rows.All(r => missing.All(r.Fields.ContainsKey))
            && (error?.Errors ?? []).Any(d => d.Code == "PROPERTY_DOESNT_EXIST");
        if (rows.Length == 1 || everyRow)
        {
            Settle(results, rows, e.Failure == CrmFailure.NotFound ? WriteOutcome.Gone : WriteOutcome.Refused, e);
            return;
        }
        waiting.Push(rows[(rows.Length / 2)..]);
        waiting.Push(rows[..(rows.Length / 2)]);
    }

    private static void Settle(Dictionary<LeadWrite, LeadWriteResult> results, IEnumerable<LeadWrite> rows, WriteOutcome outcome, CrmException e)
    {
        foreach (var row in rows)
            results[row] = HubSpotWriteAnswer.Result(row, outcome, HubSpotErrors.Of(e) is { } error ? HubSpotErrors.Describe(error) : e.Message);
    }
}
