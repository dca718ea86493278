using CrmSync.Leads;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// The opportunities of somebody who was a lead: that of the conversion, and those in which the contact has a role. Whether one is
/// won is told by its flags and never by the name of its stage.
/// </summary>
internal sealed class SalesforceDeals
{
    private readonly Dictionary<string, OneDeal> _deals = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> OfConversion { get; } = Fields("ConvertedOpportunity", "ConvertedOpportunityId");

    public static IReadOnlyList<string> OfRole { get; } = Fields("Opportunity", "OpportunityId");

    public bool IsWon => _deals.Values.Any(d => d.IsWon);
    public bool IsOpen => _deals.Values.Any(d => !d.IsClosed);

    /// <summary>How far they bring a lead, whatever its stage field says; null: there is none.</summary>
    public LifecycleStage? Stage => _deals.Count == 0 ? null : IsWon ? LifecycleStage.Customer : LifecycleStage.Opportunity;

    /// <summary>When that stage was entered, where Salesforce tells.</summary>
    public DateTimeOffset? Since => IsWon
        ? _deals.Values.Where(d => d.IsWon).Max(d => d.Changed ?? d.Created)
        : _deals.Values.Where(d => !IsOpen || !d.IsClosed).Min(d => d.Created);

    public void Add(SalesforceRecord record, string parent, string id)
    {
        if (record[id] is { } key && record[$"{parent}.IsClosed"] is { } closed)
            _deals[key] = new(record[$"{parent}.IsWon"] == "true", closed == "true", Instant("LastStageChangeDate"), Instant("CreatedDate"));

        DateTimeOffset? Instant(string field) => SalesforceStreams.Instant(record[$"{parent}.{field}"]);
    }

    private static string[] Fields(string parent, string id) =>
        [id, $"{parent}.IsWon", $"{parent}.IsClosed", $"{parent}.LastStageChangeDate", $"{parent}.CreatedDate"];

    private readonly record struct OneDeal(bool IsWon, bool IsClosed, DateTimeOffset? Changed, DateTimeOffset? Created);
}
