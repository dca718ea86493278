using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>All endpoints. Literal paths come before those with a part that varies.</summary>
internal static class Routes
{
    private static readonly IReadOnlyList<PipedriveRoute> All = [.. OldRoutes.All, .. NewRoutes.All];

    /// <summary>The paths that v1 had and has no more, since v2 has them.</summary>
    private static readonly string[] Removed = ["activities", "deals", "persons", "organizations", "products", "pipelines", "stages", "itemSearch"];

    public static (PipedriveRoute? Route, IReadOnlyList<string> Parts) Find(string method, string version, string[] path)
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
}
