using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>
/// The filters of a list. HubSpot's guide to list filters asks for one OR branch without filters at the root, and in it AND branches with filters; branches
/// on events and associations, which may stand in those, are not played.
/// </summary>
internal sealed class ListFilters
{
    private readonly List<List<ListFilter>> groups;

    private ListFilters(List<List<ListFilter>> groups) => this.groups = groups;

    public static ListFilters Parse(Portal portal, ObjectType type, JsonObject root)
    {
        var branches = Objects(root, "filterBranches");
        if (TypeOf(root) != "OR" || branches.Count == 0 || Objects(root, "filters").Count > 0)
        {
            throw HubSpotRefusal.Validation("The root filter branch must be of type OR, with AND branches in it and no filters");
        }

        return new ListFilters([.. branches.Select(branch => Group(portal, type, branch))]);
    }

    /// <summary>The ids of the records that pass at the instant of the call, in their order.</summary>
    public IReadOnlyList<long> Accepted(ApiCall call, ObjectType type) =>
    [
        .. call.Portal.Table(type).All
            .Where(record => !record.IsGone && call.See(record) is { IsArchived: false } state && Accept(record, state, call.Request.Now))
            .Select(record => record.Id),
    ];

    private bool Accept(HubSpotRecord record, RecordState state, DateTimeOffset now) =>
        groups.Exists(group => group.TrueForAll(filter => filter.Accept(record, state, now)));

    private static List<ListFilter> Group(Portal portal, ObjectType type, JsonObject branch)
    {
        if (TypeOf(branch) != "AND" || Objects(branch, "filterBranches").Count > 0)
        {
            throw HubSpotRefusal.Validation($"Filter branches of type {TypeOf(branch)}, or with branches in them, cannot stand here");
        }

        return [.. Objects(branch, "filters").Select(filter => ListFilter.Parse(portal, type, filter))];
    }

    private static string? TypeOf(JsonObject branch) => HubSpotJson.Text(branch["filterBranchType"]);

    private static List<JsonObject> Objects(JsonObject branch, string name) => [.. (branch[name] as JsonArray ?? []).OfType<JsonObject>()];
}
