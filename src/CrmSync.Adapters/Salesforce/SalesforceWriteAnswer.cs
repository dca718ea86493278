using CrmSync.Adapters.Batches;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// What a batch did, row by row and by place: success comes with every row refused, and a refused row may have no id. Success
/// tells no values, and an org's own flows may have changed them again: they are read back.
/// </summary>
internal sealed class SalesforceWriteAnswer(SalesforceReader reader, SalesforceOptions options)
{
    public async Task<IReadOnlyDictionary<LeadWrite, LeadWriteResult>> ReadAsync(
        LeadWrite[] rows, List<SalesforceRow?> answer, StageMap stages, CancellationToken cancellationToken)
    {
        if (answer.Count != rows.Length)
            throw new CrmException(CrmFailure.Transient, "Salesforce's answer has another number of rows than were sent.") { OutcomeUnknown = true };
        var results = new Dictionary<LeadWrite, LeadWriteResult>(ReferenceEqualityComparer.Instance);
        var written = new List<LeadWrite>();
        foreach (var (row, told) in rows.Zip(answer))
        {
            if (told is { Success: true } && (told.Id is null || SalesforceId.Same(told.Id, row.LeadId)))
                written.Add(row);
            else if (told is { Success: false, Errors: { Count: > 0 } errors } && SalesforceRowErrors.Of(errors) is var (outcome, reason))
                results[row] = WriteBatches.Result(row, outcome, reason);
            else
                results[row] = WriteBatches.Result(row, WriteOutcome.Unknown, "not-in-results");
        }
        await VerifyAsync(written, stages, results, cancellationToken).ConfigureAwait(false);
        return results;
    }

    private async Task VerifyAsync(List<LeadWrite> written, StageMap stages, Dictionary<LeadWrite, LeadWriteResult> results, CancellationToken cancellationToken)
    {
        if (written.Count == 0)
            return;
        var read = await ReadBackAsync([.. written.Select(w => w.LeadId)], stages, cancellationToken).ConfigureAwait(false);
        foreach (var row in written)
        {
            var (lead, record) = read?.GetValueOrDefault(SalesforceId.Key(row.LeadId)) ?? default;
            results[row] = read is null ? WriteBatches.Result(row, WriteOutcome.Applied) : Judge(row, record, stages) with { Shown = lead };
        }
    }

    /// <summary>Null where it cannot be looked at now: Salesforce has said that the write was applied.</summary>
    private async Task<IReadOnlyDictionary<string, (CrmLead? Lead, SalesforceRecord Record)>?> ReadBackAsync(string[] ids, StageMap stages, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.AfterAsync(ids, stages, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException)
        {
            return null;
        }
    }

    private LeadWriteResult Judge(LeadWrite row, SalesforceRecord? record, StageMap stages)
    {
        if (record is null)
            return WriteBatches.Result(row, WriteOutcome.Unknown, "not-read-back");
        var (at, stage, markers) = (SalesforceStreams.Instant(record[SalesforceStreams.Stamp]), record[options.StageField], SalesforceFieldNames.Of(HandoverFields.Marker));
        // What contacts have no field for was not sent.
        if (row.Fields.TryGetValue(HandoverFields.Marker, out var marker) && record.Has(markers) && record[markers] != marker)
            return WriteBatches.Result(row, WriteOutcome.Unknown, "marker-differs", at);
        var wanted = row.Step == StageStep.Clear ? null : SalesforceWriteFields.Wanted(row, stages) ?? stage;
        return wanted == stage || !record.Has(options.StageField) ? WriteBatches.Result(row, WriteOutcome.Applied, at: at) : WriteBatches.Result(row, WriteOutcome.Unchanged, "stage-kept", at);
    }
}
