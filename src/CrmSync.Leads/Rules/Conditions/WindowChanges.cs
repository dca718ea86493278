using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>When a window's count may change by time alone: acts fall out or come of age, or the record covers the window.</summary>
internal static class WindowChanges
{
    internal static void Add(
        Engagement engagement, DateTimeOffset start, DateTimeOffset at, TimeSpan within, ICollection<DateTimeOffset> changes)
    {
        foreach (var act in engagement.Acts)
            AddAct(act.At, start, at, within, changes);
        if (engagement.LastAt is { } last)
            AddAct(last, start, at, within, changes);
        if (engagement.CompleteSince is { } since && since > start)
            changes.Add(Instants.After(since, within));
    }

    private static void AddAct(
        DateTimeOffset act, DateTimeOffset start, DateTimeOffset at, TimeSpan within, ICollection<DateTimeOffset> changes)
    {
        if (act < start)
            return;
        if (act > at)
            changes.Add(act);
        // The window's edge is still inside it.
        changes.Add(Instants.JustAfter(act, within));
    }
}
