using CrmSync.Adapters.Batches;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Sends writes by two hundred: stage, fields and marker of a row in one request, rows known by their place in the answer. A batch
/// has no guard, so a record that somebody else touched in the last minutes is written alone, on condition that nobody has since.
/// </summary>
internal sealed class SalesforceWriter(
    SalesforceClient client, SalesforceSchema schema, SalesforceOptions options, SalesforceReader reader, SalesforceTouches touches, SalesforceWriteAnswer answers,
    TimeProvider time)
{
    private const int MostRows = 200;
    private const string NoAssignment = "FALSE";
    private const string Caller = "client=crmsync";
    private const string DespiteAlerts = "allowSave=true";
    private static readonly WriteFaults Faults = new(IsOfRows, (_, _) => false, SalesforceErrors.Describe);

    public async Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, StageMap stages, CancellationToken cancellationToken)
    {
        var unseen = writes.Where(w => touches.Find(w.LeadId) is null).Select(w => w.LeadId).Distinct().ToList();
        if (unseen.Count > 0)
            await reader.ReadAsync(unseen, ReadDepth.Guard, FactCatalogue.BuiltIn, stages, cancellationToken).ConfigureAwait(false);
        // What was seen then stays the condition, however long the rows before one take: whatever is read later may be a person's edit already.
        var seen = writes.Select(w => w.LeadId).Distinct().ToDictionary(id => id, touches.Find);
        var alone = writes.Where(w => IsTouched(seen[w.LeadId])).ToHashSet(ReferenceEqualityComparer.Instance);
        // A request takes ten runs of one type at most: leads stand together, and contacts.
        List<LeadWrite> mass = [.. writes.Where(w => !alone.Contains(w)).OrderBy(w => SalesforceId.IsContact(w.LeadId))];
        var together = await Batches(MostRows, (rows, token) => SendAsync(rows, stages, seen, token), stages).RunAsync(mass, cancellationToken).ConfigureAwait(false);
        List<LeadWrite> single = [.. writes.Where(alone.Contains)];
        var guarded = single.Count == 0 ? [] : await AloneAsync(single, stages, seen, isLate: together.Any(r => r.Outcome != WriteOutcome.NotSent), cancellationToken).ConfigureAwait(false);
        var results = mass.Concat(single).Zip(together.Concat(guarded)).ToDictionary(r => r.First, r => r.Second, (IEqualityComparer<LeadWrite>)ReferenceEqualityComparer.Instance);
        return [.. writes.Select(w => results[w])];
    }

    private bool IsTouched(SalesforceTouch? seen) => seen is { IsForeign: true } touch && client.Clock.Slower(time.GetUtcNow()) - touch.ModifiedAt <= options.Recent;

    /// <summary>A break in the line after something was sent is told row by row: it must not look as if nothing had been.</summary>
    private async Task<IReadOnlyList<LeadWriteResult>> AloneAsync(
        IReadOnlyList<LeadWrite> rows, StageMap stages, Dictionary<string, SalesforceTouch?> seen, bool isLate, CancellationToken cancellationToken)
    {
        try
        {
            return await Batches(1, (row, token) => SendAloneAsync(row[0], stages, seen[row[0].LeadId]!.Value, token), stages).RunAsync(rows, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (isLate)
        {
            return [.. rows.Select(r => WriteBatches.Result(r, WriteOutcome.NotSent, SalesforceErrors.Describe(e)))];
        }
    }

    private WriteBatches Batches(int size, Func<LeadWrite[], CancellationToken, Task<List<SalesforceRow?>>> send, StageMap stages) =>
        new(size, Faults, async (rows, token) => await answers.ReadAsync(rows, await send(rows, token).ConfigureAwait(false), stages, token).ConfigureAwait(false));

    private async Task<List<SalesforceRow?>> SendAsync(
        LeadWrite[] rows, StageMap stages, Dictionary<string, SalesforceTouch?> seen, CancellationToken cancellationToken)
    {
        var contact = await ContactAsync(rows, cancellationToken).ConfigureAwait(false);
        var records = rows.Select(row => new Dictionary<string, object?>
        {
            ["attributes"] = new Dictionary<string, object?> { ["type"] = SalesforceId.IsContact(row.LeadId) ? "Contact" : "Lead" },
            ["id"] = row.LeadId,
        }.With(SalesforceWriteFields.Of(row, stages, seen[row.LeadId]?.LeftStage, options, contact)));
        return await client.Api.UpdateAsync(client.Paths.Data, new(false, [.. records]), NoAssignment, DespiteAlerts, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<SalesforceRow?>> SendAloneAsync(LeadWrite row, StageMap stages, SalesforceTouch seen, CancellationToken cancellationToken)
    {
        var fields = SalesforceWriteFields.Of(row, stages, seen.LeftStage, options, await ContactAsync([row], cancellationToken).ConfigureAwait(false));
        var since = seen.ModifiedAt.UtcDateTime.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            await client.Api.PatchAsync(client.Paths.Data, SalesforceId.IsContact(row.LeadId) ? "Contact" : "Lead", row.LeadId,
                fields, since, NoAssignment, Caller, DespiteAlerts, cancellationToken).ConfigureAwait(false);
            return [new(row.LeadId, true, null, null)];
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Conflict)
        {
            // Somebody was faster: the next guarding read shows it.
            return [new(row.LeadId, false, null, [new(SalesforcePassing.ModifiedSince, null, null, null)])];
        }
        catch (CrmException e) when (SalesforceErrors.Of(e) is { Count: > 0 } errors && e is { OutcomeUnknown: false, Failure: CrmFailure.Refused or CrmFailure.NotFound or CrmFailure.Transient })
        {
            return [new(row.LeadId, false, null, [.. errors])];
        }
    }

    /// <summary>The fields of contacts, where a row is of one.</summary>
    private async Task<IReadOnlyDictionary<string, SalesforceField>> ContactAsync(LeadWrite[] rows, CancellationToken cancellationToken) =>
        rows.Any(r => SalesforceId.IsContact(r.LeadId)) ? await schema.FieldsAsync("Contact", cancellationToken).ConfigureAwait(false) : new Dictionary<string, SalesforceField>();

    /// <summary>A malformed request, which one of the rows may be to blame for; missing rights are every row's.</summary>
    private static bool IsOfRows(CrmException e) =>
        e.Failure is CrmFailure.Conflict or CrmFailure.NotFound || (e.Failure == CrmFailure.Refused && SalesforceErrors.Of(e) is { Count: > 0 } errors && !errors[0].Code.StartsWith("API_", StringComparison.Ordinal));
}
