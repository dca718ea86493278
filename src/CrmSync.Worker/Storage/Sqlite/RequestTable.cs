namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Changes that commands ask of the worker, and its answers.</summary>
internal static class RequestTable
{
    private const string Insert = "INSERT INTO requests(kind, body, created_at) VALUES(?1, ?2, ?3) RETURNING id";
    private const string SelectOpen = "SELECT id, kind, body, created_at FROM requests WHERE answered_at IS NULL ORDER BY id";
    private const string Update = "UPDATE requests SET answer = ?2, answered_at = ?3 WHERE id = ?1 AND answered_at IS NULL";
    private const string SelectAnswer = "SELECT answer FROM requests WHERE id = ?1";

    public static long Add(Session session, string kind, string body, DateTimeOffset at) => session.Number(Insert, kind, body, at);

    public static List<StoreRequest> Open(Session session)
    {
        using var rows = session.Query(SelectOpen);
        var open = new List<StoreRequest>();
        while (rows.Next()) open.Add(new(rows.Number(0), rows.Required(1), rows.Required(2), rows.Instant(3) ?? default));
        return open;
    }

    public static void Answer(Session session, long id, string answer, DateTimeOffset at) => session.Execute(Update, id, answer, at);

    public static string? AnswerOf(Session session, long id) => session.Text(SelectAnswer, id);
}
