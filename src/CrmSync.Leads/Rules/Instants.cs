namespace CrmSync.Leads.Rules;

/// <summary>Instants near the ends of the calendar, which a CRM may well hold ("31.12.9999").</summary>
internal static class Instants
{
    /// <summary>So long after an instant, or the last instant there is.</summary>
    internal static DateTimeOffset After(DateTimeOffset instant, TimeSpan span) =>
        DateTimeOffset.MaxValue - instant < span ? DateTimeOffset.MaxValue : instant + span;

    /// <summary>So long before an instant, or the first instant there is.</summary>
    internal static DateTimeOffset Before(DateTimeOffset instant, TimeSpan span) =>
        instant - DateTimeOffset.MinValue < span ? DateTimeOffset.MinValue : instant - span;

    /// <summary>The instant at which a span that includes its edge is over.</summary>
    internal static DateTimeOffset JustAfter(DateTimeOffset instant, TimeSpan span) => After(After(instant, span), TimeSpan.FromTicks(1));
}
