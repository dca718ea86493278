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

    /// <summary>What was last asked for with facts: by the same fields two looks at a record can be compared.</summary>
    private volatile FactCatalogue _catalogue = FactCatalogue.BuiltIn;

    public async Task<IReadOnlyList<CrmReading>> ReadAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, StageMap stages, CancellationToken cancellationToken)
    {
        if (depth.HasFacts())
            _catalogue = catalogue;
        var looks = await LookAsync(leadIds, depth, catalogue, stages, cancellationToken).ConfigureAwait(false);
        return [.. leadIds.Select(id => looks[id].Reading)];
    }

    /// <summary>
    /// Records that were just written, by the key of their id, each with what the product makes of it, which of one that was converted
    /// since is nothing; those that are gone are missing.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, (CrmLead? Lead, SalesforceRecord Record)>> AfterAsync(IReadOnlyList<string> leadIds, StageMap stages, CancellationToken cancellationToken) =>
        (await LookAsync(leadIds, ReadDepth.GuardHistory, _catalogue, stages, cancellationToken).ConfigureAwait(false))
            .Where(l => l.Value.Record is { } record && (record["IsDeleted"] != "true" || IsConverted(record))).ToDictionary(l => SalesforceId.Key(l.Key), l => (l.Value.Reading.Lead, l.Value.Record!));

    private async Task<Dictionary<string, Sighted>> LookAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, StageMap stages, CancellationToken cancellationToken)
    {
        var readings = new Dictionary<string, Sighted>();
        var user = await client.UserIdAsync(cancellationToken).ConfigureAwait(false);
        var nobody = await machines.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var kind in leadIds.Distinct().GroupBy(KindOf))
        {
            if (kind.Key is not { } isContact)
            {
                foreach (var id in kind)
                    readings[id] = new(new(id, CrmReadingKind.Gone), null);
                continue;
            }
            foreach (var ids in kind.Chunk(MostIds))
                await schema.ReadAsync(async () =>
                {
                    var plan = await SalesforceFieldPlan.OfAsync(isContact, schema, options, names, catalogue, cancellationToken).ConfigureAwait(false);
                    if (plan.IsHidden)
                    {
                        foreach (var id in ids)
                            readings[id] = new(new(id, CrmReadingKind.Unreadable, Reason: "The lead was converted, and the user sees no contacts."), null);
                        return true;
                    }
                    // A contact may lack it: an org maps what it wants.
                    StageSight.Require(isContact || plan.Guard.Contains(options.StageField, StringComparer.OrdinalIgnoreCase), stages, "Salesforce");
                    await ReadAsync(ids, plan, new(depth, catalogue, stages, user, nobody), readings, cancellationToken).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
        }
        return readings;
    }

    private async Task ReadAsync(string[] ids, SalesforceFieldPlan plan, Wish wish, Dictionary<string, Sighted> readings, CancellationToken cancellationToken)
    {
        var answer = await _asking.AskAsync(ids, plan, wish.Depth, wish.User, cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
        {
            var record = answer.Find(id);
            readings[id] = new(record is null ? new(id, CrmReadingKind.Gone) : Read(id, record, plan, answer, wish), record);
        }
    }

    private CrmReading Read(string id, SalesforceRecord record, SalesforceFieldPlan plan, SalesforceAnswer answer, Wish wish)
    {
        // Whoever was converted lives on as a contact, even when somebody clears the lead away.
        if (IsConverted(record) && record["ConvertedContactId"] is { } contact)
            // The history of a contact begins with the conversion; the lead keeps its own.
            return new(id, CrmReadingKind.Moved, MovedTo: contact) { EarlierStages = answer.Around(record.Id!).History?.Of(options.StageField, SalesforceStreams.Instant(record["CreatedDate"])) };
        if (record["IsDeleted"] == "true" && !(IsConverted(record) && !record.Has("ConvertedContactId")))
            return record["MasterRecordId"] is { } survivor ? new(id, CrmReadingKind.Moved, MovedTo: survivor) : new(id, CrmReadingKind.Gone);
        if (IsConverted(record))
            return new(id, CrmReadingKind.Unreadable, Reason: "The lead was converted, and the user may not see to which contact.");
        var around = answer.Around(record.Id!);
        touches.Saw(record, mapper.LeftStage(record, plan, around), wish.Machines);
        var reading = mapper.Map(record, plan, around, wish.Depth, wish.Catalogue, wish.Stages, wish.Machines);
        var lead = reading.Lead! with
        {
            Echo = SalesforceEcho.Of(record, plan.IsContact, options.StageField, wish.User),
            Print = wish.Depth == ReadDepth.Guard ? null : SalesforceEcho.Print(record, plan, options.StageField),
        };
        return reading with { LeadId = id, Lead = lead };
    }

    private static bool IsConverted(SalesforceRecord record) => record["IsConverted"] == "true";

    /// <summary>Whether it is a contact's id; null for what can be neither that nor a lead's.</summary>
    private static bool? KindOf(string id) => !SalesforceId.IsValid(id) ? null : SalesforceId.IsContact(id) ? true : SalesforceId.IsLead(id) ? false : null;

    private readonly record struct Sighted(CrmReading Reading, SalesforceRecord? Record);

    private sealed record Wish(ReadDepth Depth, FactCatalogue Catalogue, StageMap Stages, string? User, IReadOnlySet<string> Machines);
}
