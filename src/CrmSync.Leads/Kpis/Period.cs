namespace CrmSync.Leads.Kpis;

/// <summary>A stretch of time, its start included and its end not; null leaves a side open.</summary>
public readonly record struct Period(DateTimeOffset? From, DateTimeOffset? To)
{
    public bool Has(DateTimeOffset? instant) => Has(Moment.Of(instant));

    internal bool Has(Moment moment) => moment.IsKnown && !(moment.Ticks < From?.UtcTicks) && !(moment.Ticks >= To?.UtcTicks);
}
