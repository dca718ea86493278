using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Episodes as folded once, so that figures over years need not fold them again. What the audit has since is folded when it is
/// read: the roll-up changes how fast a figure is there, never what it is.
/// </summary>
internal static class EpisodeRollUp
{
    /// <summary>Name of the last audit row that is rolled up.</summary>
    private const string MarkName = "episodes-rolled-up";

    private const string SelectTouched = "SELECT sequence, lead_key, episode FROM audit WHERE sequence > ?1 ORDER BY sequence LIMIT ?2";
    // Left alone, SQLite walks the index of leads, which spares it a sort, from end to end: the whole audit instead of its last rows.
    internal const string SelectDirty = """
        SELECT DISTINCT lead_key, episode FROM audit NOT INDEXED WHERE sequence > ?1 AND episode IS NOT NULL LIMIT ?2
        """;

    /// <summary>Whether the audit has rows that are not rolled up.</summary>
    public static bool IsBehind(Session session) => AuditTable.Head(session).Sequence > Mark(session);

    /// <summary>Rolls up the episodes of the next audit rows; false when there are no more.</summary>
    public static bool Refresh(Session session, int rows)
    {
        var (mark, count) = (Mark(session), 0);
        var touched = new HashSet<(string LeadKey, int Episode)>();
        using (var audit = session.Query(SelectTouched, mark, rows))
        {
            for (; audit.Next(); count++)
            {
                mark = audit.Number(0);
                if (audit.Text(1) is { } lead && audit.Text(2) is not null)
                    touched.Add((lead, (int)audit.Number(2)));
            }
        }
        if (count == 0) return false;
        var days = new HashSet<long>();
        foreach (var (lead, episode) in touched)
        {
            if (EpisodeQuery.One(session, lead, episode) is not { } row) continue;
            days.UnionWith(CohortDays.Of(EpisodeRollUpTable.Find(session, lead, episode)));
            days.UnionWith(CohortDays.Of(row));
            EpisodeRollUpTable.Save(session, row);
        }
        CohortDays.Stale(session, days);
        RememberedTable.Set(session, "", MarkName, mark.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return count == rows;
    }

    /// <summary>
    /// The episodes that changed since, in the order of their keys. Null: nothing is rolled up, or more than so many have changed.
    /// </summary>
    public static List<(string LeadKey, int Episode)>? Changed(Session session, int most)
    {
        var mark = Mark(session);
        if (mark == 0) return null;
        var keys = new List<(string LeadKey, int Episode)>();
        using (var rows = session.Query(SelectDirty, mark, most + 1))
            while (rows.Next()) keys.Add((rows.Required(0), (int)rows.Number(1)));
        if (keys.Count > most) return null;
        keys.Sort(Compare);
        return keys;
    }

    /// <summary>The episodes after a key, changed ones folded anew; and the last key looked at, or null at the end.</summary>
    public static (List<EpisodeRow> Rows, (string LeadKey, int Episode)? Last) After(
        Session session, (string LeadKey, int Episode) after, int count, List<(string LeadKey, int Episode)> changed)
    {
        var rows = EpisodeRollUpTable.After(session, after, count);
        (string LeadKey, int Episode)? last = rows.Count < count ? null : Key(rows[^1]);
        var from = First(changed, after);
        var to = last is { } end ? First(changed, end) : changed.Count;
        if (from == to) return (rows, last);
        var here = changed.GetRange(from, to - from).ToHashSet();
        rows.RemoveAll(row => here.Contains(Key(row)));
        rows.AddRange(here.Select(key => EpisodeQuery.One(session, key.LeadKey, key.Episode)).OfType<EpisodeRow>());
        rows.Sort((a, b) => Compare(Key(a), Key(b)));
        return (rows, last);
    }

    private static long Mark(Session session) =>
        RememberedTable.Value(session, "", MarkName) is { } text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static (string LeadKey, int Episode) Key(EpisodeRow row) => (row.LeadKey, row.Episode);

    /// <summary>The first place behind a key.</summary>
    private static int First(List<(string LeadKey, int Episode)> keys, (string LeadKey, int Episode) after)
    {
        var at = keys.BinarySearch(after, Comparer<(string, int)>.Create(Compare));
        return at < 0 ? ~at : at + 1;
    }

    private static int Compare((string LeadKey, int Episode) a, (string LeadKey, int Episode) b) =>
        string.CompareOrdinal(a.LeadKey, b.LeadKey) is not 0 and var order ? order : a.Episode.CompareTo(b.Episode);
}
