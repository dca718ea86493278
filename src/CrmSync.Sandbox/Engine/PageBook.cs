namespace CrmSync.Sandbox.Engine;

/// <summary>The pages that told of a next one, by who asks and where that one is asked: what the fault repeat-page answers again.</summary>
internal sealed class PageBook
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> before = [];

    /// <summary>Where the page is asked that follows another: a path, and the place in the list.</summary>
    public static string PageAt(string path, string? place = null) => $"{path}?{place}";

    /// <summary>Whether this request goes on from a page that was answered.</summary>
    public bool GoesOn(string crm, CrmRequest request) => before.ContainsKey(Key(crm, request, AskedAt(request)));

    /// <summary>The page before once more where that is wanted, as if the place had not moved; else the answer itself, and it is kept.</summary>
    public CrmReply Turn(string crm, CrmRequest request, CrmReply reply, bool again)
    {
        if (reply.Status is < 200 or >= 300)
        {
            return reply;
        }

        var key = Key(crm, request, AskedAt(request));
        if (again)
        {
            return before.TryGetValue(key, out var body) ? reply with { Body = body, Reads = [] } : reply;
        }

        before.Remove(key);
        if (reply.NextPage is { } next)
        {
            before[Key(crm, request, next)] = reply.Body;
        }

        return reply;
    }

    public void Clear() => before.Clear();

    private static string AskedAt(CrmRequest request) => PageAt(request.Path, request.Parameter("after") ?? request.Parameter("cursor") ?? request.Parameter("start"));

    private static string Key(string crm, CrmRequest request, string place) => $"{crm} {request.Header("Authorization") ?? request.Header("x-api-token")} {place}";
}
