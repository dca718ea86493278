using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Soql;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>The open results of queries: for two days, each found by its locator.</summary>
internal sealed class CursorBook
{
    private const string Prefix = "0r8";
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);

    private readonly Dictionary<string, Cursor> cursors = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private long last;

    public string Open(SoqlResult result, int pageSize, DateTimeOffset now)
    {
        var locator = RecordId.Make(Prefix, 7_000_000 + ++last);
        cursors[locator] = new Cursor(result, pageSize, now + Life);
        order.Enqueue(locator);
        while (order.TryPeek(out var oldest) && cursors[oldest].EndsAt < now)
        {
            cursors.Remove(order.Dequeue());
        }

        return locator;
    }

    public Cursor? Find(string locator, DateTimeOffset now) => cursors.TryGetValue(locator, out var cursor) && cursor.EndsAt >= now ? cursor : null;

    internal sealed record Cursor(SoqlResult Result, int PageSize, DateTimeOffset EndsAt);
}
