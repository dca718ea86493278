using CrmSync.Leads;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// The opportunities of somebody who was a lead: that of the conversion, and those in which the contact has a role. Whether one is
/// won is told by its flags and never by the name of its stage.
/// </summary>
internal sealed class SalesforceDeals
{
    private readonly Dictionary<string, OneDeal> _deals = new(StringComparer.Ordinal);

    /// <summary>Without these nobody knows how a deal stands.</summary>
    private static readonly string[] Flags = ["IsWon", "IsClosed"];

    /// <param name="isSeen">Which fields of an opportunity our user sees.</param>
    public static bool AreTold(Func<string, bool> isSeen) => Flags.All(isSeen);

    public static IReadOnlyList<string> OfConversion(Func<string, bool> isSeen) => Fields("ConvertedOpportunity", "ConvertedOpportunityId", isSeen);

    public static IReadOnlyList<string> OfRole(Func<string, bool> isSeen) => Fields("Opportunity", "OpportunityId", isSeen);

    public bool IsWon => _deals.Values.Any(d => d.IsWon);
    public bool IsOpen => _deals.Values.Any(d => !d.IsClosed);

    public IReadOnlyList<PersonDeal> All => [.. _deals.Values.Select(d => new PersonDeal(d.IsWon ? DealStanding.Won : d.IsClosed ? DealStanding.Lost : DealStanding.Open, d.Created, d.Changed ?? d.Created, d.IsNamed))];

    /// <summary>How far they bring a lead, whatever its stage field says, and when that was entered, where Salesforce tells; null: there is none.</summary>
    /// <param name="lead">When the lead was made: what its contact bought before that, or was offered, is none of its sales.</param>
    public (LifecycleStage Stage, DateTimeOffset? Since)? Reached(DateTimeOffset? lead)
    {
        var own = _deals.Values.Where(d => (d.IsNamed || !(d.Created < lead)) && !(d.IsClosed && (d.Changed ?? d.Created) < lead)).ToList();
        if (own.Count == 0)
            return null;
        if (own.Exists(d => d.IsWon))
            return (LifecycleStage.Customer, own.Where(d => d.IsWon).Max(d => d.Changed ?? d.Created));
        var isOpen = own.Exists(d => !d.IsClosed);
        return (LifecycleStage.Opportunity, own.Where(d => !isOpen || !d.IsClosed).Min(d => d.Created));
    }

    /// <param name="isNamed">It is the one that the conversion made or chose.</param>
    public void Add(SalesforceRecord record, string parent, string id, bool isNamed)
    {
        if (record[id] is { } key && record[$"{parent}.IsClosed"] is { } closed)
            _deals[key] = new(record[$"{parent}.IsWon"] == "true", closed == "true", Instant("LastStageChangeDate"), Instant("CreatedDate"), isNamed || (_deals.TryGetValue(key, out var known) && known.IsNamed));

        DateTimeOffset? Instant(string field) => SalesforceStreams.Instant(record[$"{parent}.{field}"]);
    }

    private static string[] Fields(string parent, string id, Func<string, bool> isSeen) =>
        [id, .. Flags.Concat(["LastStageChangeDate", "CreatedDate"]).Where(isSeen).Select(field => $"{parent}.{field}")];

    private readonly record struct OneDeal(bool IsWon, bool IsClosed, DateTimeOffset? Changed, DateTimeOffset? Created, bool IsNamed);
}
