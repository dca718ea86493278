namespace CrmSync.Leads.Rules;

/// <summary>Gathers instants that may lie past the end of time; nothing happens there.</summary>
internal static class LaterInstants
{
    /// <summary>Adds the instant so long after another, unless there is none. <paramref name="span"/> is not negative.</summary>
    internal static void AddAfter(this ICollection<DateTimeOffset> instants, DateTimeOffset start, TimeSpan span)
    {
        if (DateTimeOffset.MaxValue - start >= span)
            instants.Add(start.ToUniversalTime() + span);
    }
}
