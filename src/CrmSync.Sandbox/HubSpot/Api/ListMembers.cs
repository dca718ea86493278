using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Who is on a list. HubSpot works that out in the background, soon after a change; here it is worked out when it is asked for.</summary>
internal static class ListMembers
{
    /// <summary>In the order of record ids.</summary>
    public static ApiReply Page(ApiCall call)
    {
        var list = ListEndpoints.Find(call);
        var limit = call.Limit(100, 250);
        var after = long.TryParse(call.Request.Parameter("after"), out var parsed) ? parsed : 0;
        var members = list.Members ?? ListFilters.Parse(call.Portal, list.Type, list.FilterBranch!).Accepted(call, list.Type);
        var page = members.Where(id => id > after).Take(limit + 1).ToList();
        var body = new JsonObject
        {
            ["results"] = new JsonArray([.. page.Take(limit).Select(id => (JsonNode)Write(call, list, id))]),
            ["total"] = members.Count,
        };
        ObjectEndpoints.AddPaging(body, call, page.Count > limit ? page[limit - 1].ToString(CultureInfo.InvariantCulture) : null);
        return ApiReply.Ok(body);
    }

    /// <summary>When a record came onto a list was not written down: its latest change stands for it.</summary>
    private static JsonObject Write(ApiCall call, RecordList list, long id)
    {
        var changed = call.Portal.Table(list.Type).FindEvenGone(id)?.State.UpdatedAt ?? list.CreatedAt;
        return new JsonObject
        {
            ["recordId"] = id.ToString(CultureInfo.InvariantCulture),
            ["membershipTimestamp"] = Instants.Format(changed > list.CreatedAt ? changed : list.CreatedAt),
        };
    }
}
