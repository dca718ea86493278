namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// What a request takes of the day's purse, by Pipedrive's published table. A page costs the same however long it is, and the first
/// version of the API costs twice the second.
/// </summary>
internal static class PipedriveCosts
{
    public const int LeadPage = 20;
    public const int LeadAlone = 2;
    public const int Page = 10;

    public static int Of(HttpRequestMessage request)
    {
        var path = (request.RequestUri?.AbsolutePath ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var version = Array.FindIndex(path, p => p is "v1" or "v2");
        if (version < 0)
            return 1; // not of the API, such as a token's renewal
        var (isFirst, rest) = (path[version] == "v1", path[(version + 1)..]);
        return request.Method.Method switch
        {
            "GET" => isFirst ? FirstRead(rest) : SecondRead(rest),
            "DELETE" => isFirst ? 6 : 3,
            _ when rest is [_, _, "convert", ..] => 40,
            _ => isFirst ? 10 : 5,
        };
    }

    private static int FirstRead(string[] path) => path switch
    {
        ["leads", "archived"] => 40,
        ["leadLabels"] or ["webhooks"] => 10,
        [_, _, "flow"] => 40,
        [_, _, "changelog"] => 20,
        [_, _] => LeadAlone,
        _ => LeadPage,
    };

    private static int SecondRead(string[] path) => path switch
    {
        [_, "archived"] or [_, "search"] or ["itemSearch"] => 20,
        ["pipelines"] or ["stages"] => 5,
        [_] => Page,
        _ => 1,
    };
}
