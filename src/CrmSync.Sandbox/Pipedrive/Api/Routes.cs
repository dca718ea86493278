using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>One endpoint: its method, version and path, its price in tokens, and the scopes of which an app needs one.</summary>
internal sealed record Route(string Method, string Version, string[] Path, int Cost, string[] Scopes, Func<PipedriveCall, PipedriveReply> Answer)
{
    public bool IsSearch => Path[^1] == "search";

    /// <summary>The variable parts of a path that this route is for; null when it is for another.</summary>
    public IReadOnlyList<string>? Match(string method, string version, string[] path)
    {
        if (Method != method || Version != version || Path.Length != path.Length)
        {
            return null;
        }

        List<string> parts = [];
        for (var index = 0; index < path.Length; index++)
        {
            if (Path[index] == "*")
            {
                parts.Add(path[index]);
            }
            else if (Path[index] != path[index])
            {
                return null;
            }
        }

        return parts;
    }
}

/// <summary>All endpoints. Literal paths come before those with a part that varies.</summary>
internal static class Routes
{
    private static readonly IReadOnlyList<Route> All = [.. OldRoutes.All, .. NewRoutes.All];

    /// <summary>The paths that v1 had and has no more, since v2 has them.</summary>
    private static readonly string[] Removed = ["activities", "deals", "persons", "organizations", "products", "pipelines", "stages", "itemSearch"];

    public static (Route? Route, IReadOnlyList<string> Parts) Find(string method, string version, string[] path)
    {
        foreach (var route in All)
        {
            if (route.Match(method, version, path) is { } parts)
            {
                return (route, parts);
            }
        }

        return (null, []);
    }

    /// <summary>The refusal for a path without an endpoint.</summary>
    public static Refusal Missing(string version, string[] path, PipedriveSwitches switches) =>
        version == "v1" && path.Length > 0 && Removed.Contains(path[0]) && switches.RemovedGone
            ? Refusal.Generic(410, "This endpoint is no longer available", "Please use API v2.")
            : Refusal.Generic(404, "Unknown method .", "Please check developers.pipedrive.com for more information about Pipedrive API.");

    public static Route Of(string version, string text, int cost, string scopes, Func<PipedriveCall, PipedriveReply> answer)
    {
        var words = text.Split(' ');
        return new Route(words[0], version, words[1].Split('/'), cost, scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), answer);
    }
}
