using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Merging two records, and erasing a person.</summary>
internal static class MergeEndpoints
{
    public static ApiReply Merge(ApiCall call)
    {
        var type = call.Type();
        var winner = AssociationJson.Record(call, type, HubSpotJson.Text(call.Body["primaryObjectId"]) ?? "");
        var loser = AssociationJson.Record(call, type, HubSpotJson.Text(call.Body["objectIdToMerge"]) ?? "");
        if (winner == loser)
        {
            throw HubSpotRefusal.Validation("A record cannot be merged into itself");
        }

        var survivor = Merging.Merge(call.Portal, winner, loser, call.Write);
        return ApiReply.Ok(RecordJson.Write(call.Portal, survivor, survivor.State, survivor.State.Values.Pairs.Select(pair => pair.Key)));
    }

    public static ApiReply Erase(ApiCall call)
    {
        var id = HubSpotJson.Text(call.Body["objectId"]) ?? "";
        var table = call.Portal.Table(ObjectType.Contact);
        var record = BatchEndpoints.Find(table, id, HubSpotJson.Text(call.Body["idProperty"]));
        if (record is not null)
        {
            RecordEnding.Erase(call.Portal, record, call.Write);
        }

        return ApiReply.NoContent;
    }
}
