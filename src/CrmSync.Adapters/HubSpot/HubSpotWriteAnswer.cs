using CrmSync.Adapters.Batches;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// What a batch update did, row by row: matched by trace id or id, never by place. A backward move answers success and the
/// old stage; an id merged away is left out without a word.
/// </summary>
internal sealed class HubSpotWriteAnswer(HubSpotReader reader)
{
    public static string? Wanted(LeadWrite write, StageMap stages) =>
        write.Step != StageStep.Set ? null : write.StageValue ?? (write.Stage is { } stage ? stages.ValueOf(stage) : null);

    public async Task<IReadOnlyDictionary<LeadWrite, LeadWriteResult>> ReadAsync(
        IReadOnlyList<LeadWrite> rows, HubSpotBatch answer, StageMap stages, CancellationToken cancellationToken)
    {
        var results = new Dictionary<LeadWrite, LeadWriteResult>(ReferenceEqualityComparer.Instance);
        var byId = new Dictionary<string, HubSpotObject>();
        foreach (var record in HubSpotClient.Records(answer.Results, write: true))
            byId[record.Id!] = record;
        foreach (var row in rows)
            if (byId.TryGetValue(row.LeadId, out var record))
                results[row] = Judge(row, record, stages);
            else if ((answer.Errors ?? []).FirstOrDefault(e => IsOf(e, row)) is { } error)
                results[row] = WriteBatches.Result(row, error.Category == "OBJECT_NOT_FOUND" ? WriteOutcome.Gone : WriteOutcome.Refused, HubSpotErrors.Describe(error));
        await AskAsync([.. rows.Where(r => !results.ContainsKey(r))], results, cancellationToken).ConfigureAwait(false);
        return results;
    }

    private static LeadWriteResult Judge(LeadWrite row, HubSpotObject record, StageMap stages)
    {
        var at = HubSpotStreams.Instant(record["lastmodifieddate"] ?? record.UpdatedAt);
        var stage = record[HubSpotPropertyNames.Stage];
        if (row.Step == StageStep.Clear && stage is not null)
            return WriteBatches.Result(row, WriteOutcome.Unchanged, "stage-kept", at);
        if (Wanted(row, stages) is not { } wanted || wanted == stage)
            return WriteBatches.Result(row, WriteOutcome.Applied, at: at);
        return stage is null && record.Properties?.ContainsKey(HubSpotPropertyNames.Stage) != true
            ? WriteBatches.Result(row, WriteOutcome.Unknown, "stage-not-told", at)
            : WriteBatches.Result(row, WriteOutcome.Unchanged, "stage-kept", at);
    }

    /// <summary>Rows that the answer passes over: reading says whether they are gone, or written after all.</summary>
    private async Task AskAsync(IReadOnlyList<LeadWrite> rows, Dictionary<LeadWrite, LeadWriteResult> results, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        IReadOnlyList<CrmReading> readings = [];
        try
        {
            var ids = rows.Select(r => r.LeadId).ToList();
            readings = await reader.ReadAsync(ids, ReadDepth.Guard, FactCatalogue.BuiltIn, StageMap.Empty, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException)
        {
            // The write is done; that it cannot be looked at now leaves these rows unknown.
        }
        for (var i = 0; i < rows.Count; i++)
            results[rows[i]] = readings.Count == 0 ? WriteBatches.Result(rows[i], WriteOutcome.Unknown, "not-in-results") : Judge(rows[i], readings[i]);
    }

    private static LeadWriteResult Judge(LeadWrite row, CrmReading reading) => reading.Kind switch
    {
        CrmReadingKind.Gone or CrmReadingKind.Moved => WriteBatches.Result(row, WriteOutcome.Gone, reading.Kind == CrmReadingKind.Moved ? "moved" : null),
        CrmReadingKind.Found when row.Fields.GetValueOrDefault(HandoverFields.Marker) is { } marker
            && reading.Lead!.Fields.GetValueOrDefault(HandoverFields.Marker) == marker => WriteBatches.Result(row, WriteOutcome.Unknown, "marker-found"),
        CrmReadingKind.Found => WriteBatches.Result(row, WriteOutcome.Refused, "not-in-results"),
        _ => WriteBatches.Result(row, WriteOutcome.Unknown, "not-in-results"),
    };

    private static bool IsOf(HubSpotError error, LeadWrite row) =>
        HubSpotErrors.TracesOf(error).Contains(row.TraceId) || HubSpotErrors.IdsOf(error).Contains(row.LeadId);
}
