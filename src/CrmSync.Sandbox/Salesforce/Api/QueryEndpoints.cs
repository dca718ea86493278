using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Sandbox.Salesforce.Soql;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>Queries and their further pages.</summary>
internal static partial class QueryEndpoints
{
    private const int SmallestPage = 200;
    private const int LargestPage = 2_000;

    public static RestReply Query(RestCall call, bool withDeleted)
    {
        var text = call.Request.Parameter("q") ?? throw new SalesforceRefusal(400, "MALFORMED_QUERY", "A query string has to be specified");
        try
        {
            var result = SoqlRunner.Run(call.Org, text, call.Request.Now, call.Request.Staleness, withDeleted);
            call.Miss(call.Org.Table(result.Schema.Name));
            return RestReply.Ok(Page(call, result, PageSize(call), 0, null));
        }
        catch (SoqlException error)
        {
            throw SalesforceRefusal.Query(error);
        }
    }

    public static RestReply More(RestCall call, string place)
    {
        var parts = place.Split('-');
        var start = 0;
        if (call.Cursors.Find(parts[0], call.Request.Now) is not { } cursor
            || (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out start)))
        {
            throw new SalesforceRefusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        }

        return RestReply.Ok(Page(call, cursor.Result, cursor.PageSize, start, parts[0]));
    }

    /// <summary>The batch size is a wish; the org has the last word.</summary>
    private static int PageSize(RestCall call)
    {
        var wish = BatchSize().Match(call.Request.Header("Sforce-Query-Options") ?? "");
        var size = wish.Success ? Math.Clamp(int.Parse(wish.Groups[1].ValueSpan, CultureInfo.InvariantCulture), SmallestPage, LargestPage) : LargestPage;
        return Math.Min(size, call.Org.Switches.PageSize);
    }

    private static JsonObject Page(RestCall call, SoqlResult result, int size, int start, string? locator)
    {
        var rows = result.Records.Skip(start).Take(size).Select(record => (JsonNode)RowJson.Write(call, result, record)).ToArray();
        var isDone = start + rows.Length >= result.Records.Count;
        var body = new JsonObject { ["totalSize"] = result.Count, ["done"] = isDone };
        if (!isDone)
        {
            locator ??= call.Cursors.Open(result, size, call.Request.Now);
            var own = call.Path($"query/{locator}-{start + rows.Length}");
            body["nextRecordsUrl"] = call.Org.Switches.NextRecordsUrl is { Length: > 0 } other ? other : own;
        }

        body["records"] = new JsonArray(rows);
        return body;
    }

    [GeneratedRegex(@"batchSize\s*=\s*(\d{1,6})", RegexOptions.IgnoreCase)]
    private static partial Regex BatchSize();
}
