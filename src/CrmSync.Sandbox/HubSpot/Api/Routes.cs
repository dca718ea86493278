namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>One endpoint: its method, its path with the version taken out, and the scope that it needs.</summary>
/// <param name="Scope">A scope with <c>{}</c> for the object type, or null where any token will do.</param>
internal sealed record Route(string Method, string[] Path, string? Scope, Func<ApiCall, ApiReply> Answer)
{
    public bool IsSearch => Path[^1] == "search";
}

/// <summary>All endpoints, in the order in which they are tried.</summary>
internal static class Routes
{
    private const string Read = "crm.objects.{}.read";
    private const string Write = "crm.objects.{}.write";
    private const string Schema = "crm.schemas.{}.write";
    private const string ReadLists = "crm.lists.read";
    private const string WriteLists = "crm.lists.write";

    public static readonly IReadOnlyList<Route> All =
    [
        Of("POST objects/{type}/search", Read, SearchEndpoint.Search),
        Of("POST objects/{type}/batch/read", Read, BatchEndpoints.Read),
        Of("POST objects/{type}/batch/create", Write, BatchEndpoints.Create),
        Of("POST objects/{type}/batch/update", Write, BatchUpdateEndpoints.Update),
        Of("POST objects/{type}/batch/upsert", Write, BatchUpdateEndpoints.Upsert),
        Of("POST objects/{type}/batch/archive", Write, BatchEndpoints.Archive),
        Of("POST objects/{type}/merge", Write, MergeEndpoints.Merge),
        Of("POST objects/contacts/gdpr-delete", null, MergeEndpoints.Erase),
        Of("GET objects/{type}", Read, ObjectEndpoints.List),
        Of("POST objects/{type}", Write, ObjectEndpoints.Create),
        Of("GET objects/{type}/{id}", Read, ObjectEndpoints.Get),
        Of("PATCH objects/{type}/{id}", Write, ObjectEndpoints.Update),
        Of("DELETE objects/{type}/{id}", Write, ObjectEndpoints.Archive),

        Of("PUT objects/{type}/{id}/associations/default/{to}/{toId}", Write, AssociationEndpoints.PutDefault),
        Of("GET objects/{type}/{id}/associations/{to}", Read, AssociationEndpoints.List),
        Of("PUT objects/{type}/{id}/associations/{to}/{toId}", Write, AssociationEndpoints.PutLabels),
        Of("DELETE objects/{type}/{id}/associations/{to}/{toId}", Write, AssociationEndpoints.Delete),
        Of("POST associations-v3/{from}/{to}/batch/read", null, AssociationBatch.ReadOld),
        Of("POST associations/{from}/{to}/batch/read", null, AssociationBatch.Read),
        Of("POST associations/{from}/{to}/batch/create", null, AssociationBatch.Create),
        Of("POST associations/{from}/{to}/batch/associate/default", null, AssociationBatch.CreateDefault),
        Of("POST associations/{from}/{to}/batch/archive", null, AssociationBatch.Archive),
        Of("POST associations/{from}/{to}/batch/labels/archive", null, AssociationBatch.ArchiveLabels),
        Of("GET associations/{from}/{to}/labels", null, AssociationEndpoints.Labels),

        Of("GET properties/{type}/groups", null, GroupEndpoints.List),
        Of("POST properties/{type}/groups", Schema, GroupEndpoints.Create),
        Of("GET properties/{type}/groups/{name}", null, GroupEndpoints.Get),
        Of("PATCH properties/{type}/groups/{name}", Schema, GroupEndpoints.Update),
        Of("DELETE properties/{type}/groups/{name}", Schema, GroupEndpoints.Archive),
        Of("POST properties/{type}/batch/create", Schema, PropertyEndpoints.CreateBatch),
        Of("POST properties/{type}/batch/read", null, PropertyEndpoints.ReadBatch),
        Of("POST properties/{type}/batch/archive", Schema, PropertyEndpoints.ArchiveBatch),
        Of("GET properties/{type}", null, PropertyEndpoints.List),
        Of("POST properties/{type}", Schema, PropertyEndpoints.Create),
        Of("GET properties/{type}/{name}", null, PropertyEndpoints.Get),
        Of("PATCH properties/{type}/{name}", Schema, PropertyEndpoints.Update),
        Of("DELETE properties/{type}/{name}", Schema, PropertyEndpoints.Archive),

        Of("GET pipelines/{type}", null, PipelineEndpoints.List),
        Of("GET pipelines/{type}/{pipeline}", null, PipelineEndpoints.Get),
        Of("GET pipelines/{type}/{pipeline}/stages", null, PipelineEndpoints.Stages),
        Of("GET pipelines/{type}/{pipeline}/stages/{stage}", null, PipelineEndpoints.GetStage),
        Of("POST pipelines/{type}/{pipeline}/stages", Schema, PipelineEndpoints.CreateStage),

        Of("POST lists", WriteLists, ListEndpoints.Create),
        Of("POST lists/search", ReadLists, ListEndpoints.Search),
        Of("GET lists/object-type-id/{type}/name/{name}", ReadLists, ListEndpoints.GetByName),
        Of("GET lists/{id}", ReadLists, ListEndpoints.Get),
        Of("DELETE lists/{id}", WriteLists, ListEndpoints.Delete),
        Of("GET lists/{id}/memberships", ReadLists, ListMembers.Page),

        Of("GET owners", "crm.objects.owners.read", AccountEndpoints.Owners),
        Of("GET owners/{id}", "crm.objects.owners.read", AccountEndpoints.Owner),
        Of("GET account-info/details", null, AccountEndpoints.Details),
    ];

    /// <summary>The route for a path without its version, and the named parts of the path.</summary>
    public static (Route? Route, Dictionary<string, string> Parts) Find(string method, string[] path)
    {
        foreach (var route in All)
        {
            if (route.Method == method && Match(route.Path, path) is { } parts)
            {
                return (route, parts);
            }
        }

        return (null, []);
    }

    private static Route Of(string methodAndPath, string? scope, Func<ApiCall, ApiReply> answer)
    {
        var space = methodAndPath.IndexOf(' ', StringComparison.Ordinal);
        return new Route(methodAndPath[..space], methodAndPath[(space + 1)..].Split('/'), scope, answer);
    }

    private static Dictionary<string, string>? Match(string[] pattern, string[] path)
    {
        if (pattern.Length != path.Length)
        {
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index].StartsWith('{'))
            {
                parts[pattern[index].Trim('{', '}')] = path[index];
            }
            else if (pattern[index] != path[index])
            {
                return null;
            }
        }

        return parts;
    }
}
