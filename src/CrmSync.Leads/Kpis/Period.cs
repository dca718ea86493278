namespace CrmSync.Leads.Kpis;

/// <summary>A stretch of time, its start included and its end not; null leaves a side open.</summary>
public readonly record struct Period(DateTimeOffset? From, DateTimeOffset? To)
{
    public bool Has(DateTimeOffset? instant) => instant is { } at && (From is null || at >= From) && (To is null || at < To);
}
