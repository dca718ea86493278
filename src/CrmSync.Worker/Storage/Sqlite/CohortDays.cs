using System.Runtime.InteropServices;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// What the three KPIs need of every episode, packed by the day on which it began: a million are read in a moment. A day is packed anew
/// when one of its episodes changed; until then it is read from the roll-up.
/// </summary>
internal static class CohortDays
{
    private const long Day = 86_400_000;
    private const string InsertStale = "INSERT OR REPLACE INTO cohort_days(day) VALUES(?1)";
    private const string SelectStale = "SELECT day FROM cohort_days WHERE mqls IS NULL ORDER BY day LIMIT ?1";
    private const string Update = "UPDATE cohort_days SET mqls = ?2, sals = ?3 WHERE day = ?1";

    /// <summary>The days that an episode counts in.</summary>
    public static IEnumerable<long> Of(EpisodeRow? row) =>
        new[] { row?.MqlAt, row?.AcceptedAt }.OfType<DateTimeOffset>().Select(at => DayOf(at.ToUnixTimeMilliseconds()));

    public static void Stale(Session session, IEnumerable<long> days)
    {
        foreach (var day in days) session.Execute(InsertStale, day);
    }

    /// <summary>Whether a day is to be packed anew.</summary>
    public static bool IsStale(Session session) => session.Any(SelectStale, 1);

    /// <summary>Packs some of the days whose episodes changed; false when there are no more.</summary>
    public static bool Pack(Session session, int count)
    {
        var days = new List<long>();
        using (var rows = session.Query(SelectStale, count))
            while (rows.Next()) days.Add(rows.Number(0));
        foreach (var day in days)
            session.Execute(Update, day, Bytes(Mqls(session, day)), Bytes(Sals(session, day)));
        return days.Count == count;
    }

    public static List<MqlMark> Mqls(Session session, long day) =>
        [.. EpisodeRollUpTable.Mqls(session, day * Day, (day + 1) * Day).Select(MqlMark.Of).OfType<MqlMark>()];

    public static List<SalMark> Sals(Session session, long day) =>
        [.. EpisodeRollUpTable.Sals(session, day * Day, (day + 1) * Day).Select(SalMark.Of).OfType<SalMark>()];

    private static byte[] Bytes<T>(List<T> marks) where T : struct => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(marks)).ToArray();

    // Before 1970 too a day begins at its midnight.
    public static long DayOf(long at) => at >= 0 ? at / Day : -((-at + Day - 1) / Day);
}
