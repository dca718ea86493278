namespace CrmSync.Adapters.Salesforce;

/// <summary>What was asked of some leads or contacts, by their ids: those of 15 and of 18 characters name the same record.</summary>
internal sealed class SalesforceAnswer(IReadOnlyDictionary<SalesforcePart, List<SalesforceRecord>?> parts, bool isContact, bool seesDeals, string stageField, string? ourUser)
{
    private readonly Dictionary<string, SalesforceRecord> _records =
        parts[SalesforcePart.Records]!.Where(r => r.Id is not null).DistinctBy(r => SalesforceId.Key(r.Id!)).ToDictionary(r => SalesforceId.Key(r.Id!));

    private readonly Dictionary<SalesforcePart, ILookup<string, SalesforceRecord>?> _hanging = parts.ToDictionary(
        p => p.Key, p => p.Value?.Where(r => r[ParentOf(p.Key, isContact)] is not null).ToLookup(r => SalesforceId.Key(r[ParentOf(p.Key, isContact)]!)));

    public SalesforceRecord? Find(string id) => _records.GetValueOrDefault(SalesforceId.Key(id));

    public SalesforceSurroundings Around(string id)
    {
        var deals = new SalesforceDeals();
        var converted = Of(SalesforcePart.Converted, id) ?? [];
        var former = (Of(SalesforcePart.Merged, id) ?? []).Concat(converted).Where(r => r.Id is { } f && f != id).DistinctBy(r => r.Id).ToList();
        foreach (var lead in converted)
            deals.Add(lead, "ConvertedOpportunity", "ConvertedOpportunityId", isNamed: true);
        foreach (var role in Of(SalesforcePart.Roles, id) ?? [])
            deals.Add(role, "Opportunity", "OpportunityId", isNamed: false);
        return new()
        {
            Members = Of(SalesforcePart.Members, id),
            Tasks = Of(SalesforcePart.Tasks, id),
            Events = Of(SalesforcePart.Events, id),
            Deals = deals,
            Frozen = converted.MaxBy(l => (SalesforceStreams.Instant(l["ConvertedDate"]), l.Id)),
            LeadMadeAt = converted.Min(l => SalesforceStreams.Instant(l["CreatedDate"])),
            KnowsDeals = !isContact || (seesDeals && _hanging.GetValueOrDefault(SalesforcePart.Converted) is not null),
            FrozenStage = converted.Where(l => l[stageField] is not null).MaxBy(l => (SalesforceStreams.Instant(l["ConvertedDate"]), l.Id))?[stageField],
            History = Of(SalesforcePart.History, id) is { } rows ? new(rows, ourUser) : null,
            FormerIds = [.. former.Select(r => r.Id!)],
            FormerSince = former.Where(IsStampItsEnd).Select(r => (r.Id, At: SalesforceStreams.Instant(r[SalesforceStreams.Stamp]))).Where(f => f.At is not null).ToDictionary(f => f.Id!, f => f.At!.Value),
        };
    }

    /// <summary>A lead that somebody cleared away long after it was converted bears the stamp of that. A conversion tells its day alone, by the clock of whoever made it.</summary>
    private static bool IsStampItsEnd(SalesforceRecord record) =>
        SalesforceStreams.Instant(record["ConvertedDate"]) is not { } day || SalesforceStreams.Instant(record[SalesforceStreams.Stamp]) < day.AddDays(2);

    /// <summary>Null where it was not asked for, or may not be read.</summary>
    private List<SalesforceRecord>? Of(SalesforcePart part, string id) => _hanging.GetValueOrDefault(part) is { } all ? [.. all[SalesforceId.Key(id)]] : null;

    private static string ParentOf(SalesforcePart part, bool isContact) => part switch
    {
        SalesforcePart.Records => "Id",
        SalesforcePart.Merged => "MasterRecordId",
        SalesforcePart.Converted => "ConvertedContactId",
        SalesforcePart.Roles => "ContactId",
        SalesforcePart.Tasks or SalesforcePart.Events => "WhoId",
        _ => isContact ? "ContactId" : "LeadId",
    };
}
