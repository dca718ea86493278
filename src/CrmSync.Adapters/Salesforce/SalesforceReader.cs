using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Reads leads, and the contacts that they became, with what hangs on them: two hundred at a time, up to five queries in one
/// request. A lead that was converted or merged answers with where it went.
/// </summary>
internal sealed class SalesforceReader(
    SalesforceClient client, SalesforceSchema schema, SalesforceOptions options, SalesforceFieldNames names, SalesforceMapper mapper,
    SalesforceTouches touches, SalesforceMachines machines)
{
    private const int MostIds = 200;
    private readonly SalesforceAsking _asking = new(client, schema, options);

    public async Task<IReadOnlyList<CrmReading>> ReadAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, StageMap stages, CancellationToken cancellationToken)
    {
        var readings = new Dictionary<string, CrmReading>();
        var user = await client.UserIdAsync(cancellationToken).ConfigureAwait(false);
        var nobody = await machines.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var kind in leadIds.Distinct().GroupBy(KindOf))
        {
            if (kind.Key is not { } isContact)
            {
                foreach (var id in kind)
                    readings[id] = new(id, CrmReadingKind.Gone);
                continue;
            }
            foreach (var ids in kind.Chunk(MostIds))
                await schema.ReadAsync(async () =>
                {
                    var plan = await SalesforceFieldPlan.OfAsync(isContact, schema, options, names, catalogue, cancellationToken).ConfigureAwait(false);
                    await ReadAsync(ids, plan, new(depth, catalogue, stages, user, nobody), readings, cancellationToken).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
        }
        return [.. leadIds.Select(id => readings[id])];
    }

    private async Task ReadAsync(string[] ids, SalesforceFieldPlan plan, Wish wish, Dictionary<string, CrmReading> readings, CancellationToken cancellationToken)
    {
        var answer = await _asking.AskAsync(ids, plan, wish.Depth, wish.User, cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
        {
            var reading = answer.Find(id) is { } record ? Read(id, record, plan, answer, wish) : new(id, CrmReadingKind.Gone);
            readings[id] = reading;
        }
    }

    private CrmReading Read(string id, SalesforceRecord record, SalesforceFieldPlan plan, SalesforceAnswer answer, Wish wish)
    {
        if (record["IsDeleted"] == "true")
            return record["MasterRecordId"] is { } survivor ? new(id, CrmReadingKind.Moved, MovedTo: survivor) : new(id, CrmReadingKind.Gone);
        if (record["IsConverted"] == "true")
            return record["ConvertedContactId"] is { } contact
                ? new(id, CrmReadingKind.Moved, MovedTo: contact)
                : new(id, CrmReadingKind.Unreadable, Reason: "The lead was converted, and the user may not see to which contact.");
        touches.Saw(record, wish.Machines);
        var reading = mapper.Map(record, plan, answer.Around(record.Id!), wish.Depth, wish.Catalogue, wish.Stages, wish.Machines);
        var lead = reading.Lead! with
        {
            Echo = SalesforceEcho.Of(record, plan.IsContact, wish.User),
            Print = wish.Depth == ReadDepth.Guard ? null : SalesforceEcho.Print(record, plan, options.StageField),
        };
        return reading with { LeadId = id, Lead = lead };
    }

    /// <summary>Whether it is a contact's id; null for what can be neither that nor a lead's.</summary>
    private static bool? KindOf(string id) => !SalesforceId.IsValid(id) ? null : SalesforceId.IsContact(id) ? true : SalesforceId.IsLead(id) ? false : null;

    private sealed record Wish(ReadDepth Depth, FactCatalogue Catalogue, StageMap Stages, string? User, IReadOnlySet<string> Machines);
}
