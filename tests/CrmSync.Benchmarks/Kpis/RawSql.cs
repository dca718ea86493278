using System.Globalization;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Benchmarks.Kpis;

/// <summary>The three KPIs as whoever opens the file would ask for them: one statement on the view <c>transitions</c>.</summary>
internal static class RawSql
{
    // Horizons of 14 and 180 days, in milliseconds; the mean in days.
    private const string Statement = """
        WITH e AS (
            SELECT min(CASE WHEN to_stage = 'MarketingQualified' THEN unixepoch(decided_at, 'subsec') END) AS mql,
                min(CASE WHEN handover_state IN ('Accepted', 'AcceptedBySilence', 'AcceptedByAction') THEN unixepoch(decided_at, 'subsec') END) AS sal,
                max(CASE WHEN to_stage = 'Customer' AND from_stage IS NOT to_stage THEN unixepoch(decided_at, 'subsec') END) AS won
            FROM transitions WHERE outcome IN ('applied', 'observed') AND episode IS NOT NULL GROUP BY lead_key, episode),
        c AS (SELECT unixepoch(?1, 'subsec') AS cut)
        SELECT sum(mql <= cut - 1209600), sum(mql <= cut - 1209600 AND sal - mql <= 1209600 AND sal <= cut),
            sum(sal <= cut - 15552000), sum(sal <= cut - 15552000 AND won - sal <= 15552000 AND won <= cut),
            sum(won > sal AND won <= cut), avg(CASE WHEN won > sal AND won <= cut THEN (won - sal) / 86400.0 END) FROM e, c
        """;

    public static (long[] Counts, decimal MeanDays) Ask(string directory, DateTimeOffset cutOff)
    {
        using var session = SqliteConnections.Open(Path.Combine(directory, DataDirectory.DatabaseName), SqliteUse.Read);
        using var rows = session.Query(Statement, cutOff);
        rows.Next();
        var mean = decimal.Parse(rows.Required(5), NumberStyles.Float, CultureInfo.InvariantCulture);
        return ([rows.Number(0), rows.Number(1), rows.Number(2), rows.Number(3), rows.Number(4)], Math.Round(mean, 2, MidpointRounding.AwayFromZero));
    }
}
