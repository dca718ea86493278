using CrmSync.Adapters.Batches;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Sends writes one by one, since Pipedrive has no batches: stage, fields and marker of a lead in one request, whose answer shows what
/// the lead is now.
/// </summary>
internal sealed class PipedriveWriter(PipedriveClient client, PipedriveSchema schema, PipedriveShelf shelf)
{
    private static readonly WriteFaults Faults = new(PipedriveErrors.IsOfRows, (_, _) => false, PipedriveErrors.Describe);
    private readonly PipedriveDenials _denials = new();

    /// <exception cref="CrmException">Our user may write nothing any more, which is no single record's matter.</exception>
    public async Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, StageMap stages, CancellationToken cancellationToken)
    {
        var results = await new WriteBatches(1, Faults, async (rows, token) => new Dictionary<LeadWrite, LeadWriteResult>(ReferenceEqualityComparer.Instance)
        {
            [rows[0]] = await SendAsync(rows[0], stages, token).ConfigureAwait(false),
        }).RunAsync(writes, cancellationToken).ConfigureAwait(false);
        return _denials.OfAll(results) is { } lost ? throw lost : results;
    }

    private async Task<LeadWriteResult> SendAsync(LeadWrite row, StageMap stages, CancellationToken cancellationToken)
    {
        var book = await schema.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (custom, problem) = PipedriveWriteFields.Of(row, stages, book);
        // The account's matter and no lead's: what cannot be written now waits until the check has told of it, and somebody has mended it.
        if (problem is not null)
            return PipedriveWriteFields.IsOfAccount(problem) ? WriteBatches.Result(row, WriteOutcome.NotSent, problem) with { IsOfAccount = true } : WriteBatches.Result(row, WriteOutcome.Refused, problem);
        shelf.Rows.Drop(row.LeadId);
        try
        {
            var answer = PipedriveStreams.IsDeal(row.LeadId)
                ? await client.Api.PatchAsync(PipedrivePaths.V2, PipedriveStreams.Deals, row.LeadId, OfDeal(row, custom), cancellationToken).ConfigureAwait(false)
                : await client.Api.PatchLeadAsync(client.Paths.V1, row.LeadId, OfLead(row, custom), cancellationToken).ConfigureAwait(false);
            return answer.Success == false
                ? WriteBatches.Result(row, WriteOutcome.Refused, "no reason given")
                : Judge(row, answer.Data, custom, stages, book);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused && !e.OutcomeUnknown)
        {
            // A field or option is gone, or was made anew: the next try shows which.
            if (PipedriveErrors.IsOfFields(e) && await schema.RenewAsync(book, cancellationToken).ConfigureAwait(false))
                return WriteBatches.Result(row, WriteOutcome.NotSent, "fields-changed");
            if (PipedriveErrors.IsOfRows(e) && await IsArchivedAsync(row.LeadId, cancellationToken).ConfigureAwait(false))
                return WriteBatches.Result(row, WriteOutcome.Gone, "archived");
            if (PipedriveErrors.IsOfRights(e))
                _denials.Add(row.LeadId, e);
            // The first version's refusals name no key: any of them may be for a field that is gone.
            else if (PipedriveStreams.IsLead(row.LeadId) && PipedriveErrors.IsOfRows(e) && !PipedriveErrors.IsOfFields(e) && await schema.RenewAsync(book, cancellationToken).ConfigureAwait(false))
                return WriteBatches.Result(row, WriteOutcome.NotSent, "fields-changed");
            throw;
        }
    }

    /// <summary>The answer of the write is the reading back.</summary>
    private LeadWriteResult Judge(LeadWrite row, PipedriveRecord? record, Dictionary<string, object?> custom, StageMap stages, PipedriveFieldBook book)
    {
        if (record?.Id != row.LeadId)
            return WriteBatches.Result(row, WriteOutcome.Unknown, "not-read-back");
        var at = PipedriveStreams.Instant(record["update_time"]);
        if (PipedriveStreams.IsLead(row.LeadId))
            shelf.Wrote(row.LeadId, record["update_time"]);
        if (row.Fields.TryGetValue(HandoverFields.Marker, out var marker) && record[book.Of(HandoverFields.Marker)!.FieldCode!] != marker)
        {
            schema.Forget();
            return WriteBatches.Result(row, WriteOutcome.Unknown, "marker-differs", at);
        }
        var stage = book.Stage?.FieldCode is { } code ? record[code] : null;
        var wanted = row.Step == StageStep.Clear ? null : PipedriveWriteFields.Wanted(row, stages) ?? stage;
        if (wanted != stage)
            return WriteBatches.Result(row, WriteOutcome.Unchanged, "stage-kept", at);
        return WriteBatches.Result(row, WriteOutcome.Applied, at: at) with
        {
            AnswerBeside = row.Fields.ContainsKey(HandoverFields.Decision) ? null : PipedriveMapper.ValueOf(PipedriveWriteFields.Of(HandoverFields.Decision), record, book),
            IsOfAccount = IsLost(custom, record),
        };
    }

    /// <summary>A field that was deleted: what is sent for it may be taken and dropped without a word. The fields are asked for anew, and the check tells of it.</summary>
    private bool IsLost(Dictionary<string, object?> custom, PipedriveRecord record)
    {
        if (!custom.Any(field => field.Value is not (null or "") && record[field.Key] is null))
            return false;
        schema.Forget();
        return true;
    }

    /// <summary>Leads that were put aside take no change; their refusal does not always say so.</summary>
    private async Task<bool> IsArchivedAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var record = await PipedriveClient.FindAsync(PipedriveStreams.IsDeal(id)
                ? client.Api.OneAsync(PipedrivePaths.V2, PipedriveStreams.Deals, id, null, cancellationToken)
                : client.Api.LeadAsync(client.Paths.V1, id, cancellationToken)).ConfigureAwait(false);
            return record is null || record["is_archived"] == "true" || record["is_deleted"] == "true";
        }
        catch (CrmException)
        {
            return false;
        }
    }

    /// <summary>Custom fields of a lead stand beside its own ones.</summary>
    private static Dictionary<string, object?> OfLead(LeadWrite row, Dictionary<string, object?> custom) => WithOwner(row, new(custom));

    private static Dictionary<string, object?> OfDeal(LeadWrite row, Dictionary<string, object?> custom) => WithOwner(row, new() { ["custom_fields"] = custom });

    private static Dictionary<string, object?> WithOwner(LeadWrite row, Dictionary<string, object?> body)
    {
        if (row.OwnerId is { } owner)
            body["owner_id"] = PipedriveWriteFields.Option(owner);
        return body;
    }
}
