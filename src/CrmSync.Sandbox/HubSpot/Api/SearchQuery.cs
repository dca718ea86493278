using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>The body of a search, checked.</summary>
internal sealed record SearchQuery(
    IReadOnlyList<IReadOnlyList<ISearchFilter>> Groups, string? Text, string? SortProperty, bool IsDescending, int Limit, int After, IReadOnlyList<string> Properties)
{
    public const int MostResults = 10_000;
    private const int LongestBody = 3_000;
    private const int MostGroups = 5;
    private const int MostFiltersInGroup = 6;
    private const int MostFilters = 18;

    public static SearchQuery Parse(ApiCall call, ObjectType type)
    {
        if (call.Request.BodyText.Length > LongestBody)
        {
            throw HubSpotRefusal.Validation($"Search request body exceeds the maximum length of {LongestBody} characters");
        }

        var (property, isDescending) = Sort(call.Portal.Schema(type), call.Body["sorts"] as JsonArray);
        return new SearchQuery(
            ReadGroups(call.Portal, type, call.Body), HubSpotJson.Text(call.Body["query"]), property, isDescending,
            Number(call.Body["limit"], "limit", 10, 200), Number(call.Body["after"], "after", 0, int.MaxValue), HubSpotJson.List(call.Body["properties"]));
    }

    private static List<IReadOnlyList<ISearchFilter>> ReadGroups(Portal portal, ObjectType type, JsonObject body)
    {
        var groups = (body["filterGroups"] as JsonArray ?? []).Select(group => group?["filters"] as JsonArray ?? []).ToList();
        if (groups.Count == 0 && body["filters"] is JsonArray bare)
        {
            groups.Add(bare);
        }

        if (groups.Count > MostGroups || groups.Any(group => group.Count > MostFiltersInGroup) || groups.Sum(group => group.Count) > MostFilters)
        {
            throw HubSpotRefusal.Validation($"Too many filters: at most {MostGroups} groups of {MostFiltersInGroup}, and {MostFilters} in all");
        }

        return [.. groups.Select(group => group.OfType<JsonObject>().Select(filter => ReadFilter(portal, type, filter)).ToList())];
    }

    private static ISearchFilter ReadFilter(Portal portal, ObjectType type, JsonObject filter) =>
        AssociationFilter.TryParse(filter) is { } association ? association : SearchFilter.Parse(portal, type, filter);

    /// <summary>One rule at most: an object, a name, or a name with a minus for descending.</summary>
    private static (string? Property, bool IsDescending) Sort(TypeSchema schema, JsonArray? sorts)
    {
        if (sorts is null or { Count: 0 })
        {
            return (null, false);
        }

        if (sorts.Count > 1)
        {
            throw HubSpotRefusal.Validation("Only one sort rule is supported");
        }

        var (property, isDescending) = sorts[0] is JsonObject rule
            ? (HubSpotJson.Text(rule["propertyName"]) ?? "", HubSpotJson.Text(rule["direction"]) == "DESCENDING")
            : ((HubSpotJson.Text(sorts[0]) ?? "").TrimStart('-'), HubSpotJson.Text(sorts[0])?.StartsWith('-') == true);
        return schema.Find(property) is null ? throw HubSpotRefusal.Validation($"Property {property} does not exist to sort by") : (property, isDescending);
    }

    private static int Number(JsonNode? node, string name, int usual, int most)
    {
        var text = HubSpotJson.Text(node);
        if (string.IsNullOrEmpty(text))
        {
            return usual;
        }

        return int.TryParse(text, out var number) && number >= 0 && number <= most
            ? number
            : throw HubSpotRefusal.Validation($"Invalid input: {name} must be a whole number from 0 to {most}");
    }
}
