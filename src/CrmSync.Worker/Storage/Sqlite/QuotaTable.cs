using CrmSync.Adapters;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What was spent of quota windows.</summary>
internal static class QuotaTable
{
    private const string Insert = "INSERT INTO quota_uses(connection, budget, at, count) VALUES(?1, ?2, ?3, ?4)";
    private const string SelectSince =
        "SELECT at, count FROM quota_uses WHERE connection = ?1 AND budget = ?2 AND at >= ?3 ORDER BY at";
    private const string DeleteBefore = "DELETE FROM quota_uses WHERE at < ?1";

    public static void Add(Session session, string connection, string budget, QuotaUse use) =>
        session.Execute(Insert, connection, budget, use.At, use.Count);

    public static List<QuotaUse> Since(Session session, string connection, string budget, DateTimeOffset since)
    {
        using var rows = session.Query(SelectSince, connection, budget, since);
        var uses = new List<QuotaUse>();
        while (rows.Next()) uses.Add(new(rows.Instant(0) ?? default, (int)rows.Number(1)));
        return uses;
    }

    public static int Forget(Session session, DateTimeOffset before) => session.Execute(DeleteBefore, before);
}
