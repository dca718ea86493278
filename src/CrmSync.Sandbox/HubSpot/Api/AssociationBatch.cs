using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Associations of many records at once.</summary>
internal static class AssociationBatch
{
    private const int MostReads = 1_000;
    private const int MostWrites = 2_000;

    public static ApiReply Read(ApiCall call) => Read(call, (from, end) => AssociationJson.End(call.Portal, from, end));

    /// <summary>The form of the oldest family, which knows one name for an association.</summary>
    public static ApiReply ReadOld(ApiCall call) => Read(call, (from, end) => new JsonObject
    {
        ["id"] = end.Record.IdText,
        ["type"] = $"{from.Type.Singular}_to_{end.Record.Type.Singular}",
    });

    public static ApiReply Create(ApiCall call)
    {
        var results = new JsonArray();
        foreach (var (from, to, input) in Pairs(call))
        {
            var types = (input["types"] as JsonArray ?? []).Select(type => InlineAssociations.TypeId(type?["associationTypeId"])).ToList();
            AssociationJson.RefuseWrongDirection(from.Type, to.Type, types);
            Associations.Add(call.Portal, from, to, types, call.Write);
            results.Add(new JsonObject
            {
                ["fromObjectTypeId"] = from.Type.TypeId,
                ["fromObjectId"] = from.Id,
                ["toObjectTypeId"] = to.Type.TypeId,
                ["toObjectId"] = to.Id,
                ["labels"] = new JsonArray(),
            });
        }

        return new ApiReply(201, AssociationJson.Complete(call, results));
    }

    public static ApiReply CreateDefault(ApiCall call)
    {
        var results = new JsonArray();
        foreach (var (from, to, _) in Pairs(call))
        {
            Associations.Add(call.Portal, from, to, [AssociationJson.DefaultType(from.Type, to.Type)], call.Write);
            AssociationJson.DefaultResults(from, to).ToList().ForEach(result => results.Add(result));
        }

        return ApiReply.Ok(AssociationJson.Complete(call, results));
    }

    public static ApiReply Archive(ApiCall call)
    {
        foreach (var input in BatchAnswer.Inputs(call, MostWrites))
        {
            var from = Find(call, "from", input["from"]);
            foreach (var end in input["to"] as JsonArray ?? [input["to"]?.DeepClone()])
            {
                if (from is not null && Find(call, "to", end) is { } to)
                {
                    Associations.Remove(call.Portal, from, to, call.Write);
                }
            }
        }

        return ApiReply.NoContent;
    }

    /// <summary>Takes labels away; taking the unlabelled type takes the whole association.</summary>
    public static ApiReply ArchiveLabels(ApiCall call)
    {
        foreach (var (from, to, input) in Pairs(call))
        {
            var types = (input["types"] as JsonArray ?? []).Select(type => InlineAssociations.TypeId(type?["associationTypeId"])).ToList();
            var isWhole = types.Contains(AssociationJson.DefaultType(from.Type, to.Type));
            var kept = from.Links?.Find(link => link.To == to.Type && link.ToId == to.Id)?.Types.Except(types).ToList();
            if (isWhole)
            {
                Associations.Remove(call.Portal, from, to, call.Write);
            }
            else if (kept is not null)
            {
                Associations.Replace(call.Portal, from, to, kept, call.Write);
            }
        }

        return ApiReply.NoContent;
    }

    private static ApiReply Read(ApiCall call, Func<HubSpotRecord, (HubSpotRecord Record, Link Link), JsonObject> write)
    {
        var (results, lost) = (new JsonArray(), new List<string>());
        foreach (var input in BatchAnswer.Inputs(call, MostReads))
        {
            var ends = Find(call, "from", input) is { } from
                ? Associations.To(call.Portal, from, call.Type("to")).Select(end => (JsonNode)write(from, end)).ToArray()
                : [];
            if (ends.Length == 0)
            {
                lost.Add(HubSpotJson.Text(input["id"]) ?? "");
                continue;
            }

            results.Add(new JsonObject { ["from"] = new JsonObject { ["id"] = HubSpotJson.Text(input["id"]) }, ["to"] = new JsonArray(ends) });
        }

        var body = AssociationJson.Complete(call, results);
        if (lost.Count > 0)
        {
            body["numErrors"] = lost.Count;
            body["errors"] = new JsonArray([.. lost.Select(id => (JsonNode)NoAssociation(call, id))]);
        }

        return new ApiReply(lost.Count > 0 ? 207 : 200, body);
    }

    private static JsonObject NoAssociation(ApiCall call, string id) => new()
    {
        ["status"] = "error",
        ["category"] = "OBJECT_NOT_FOUND",
        ["subCategory"] = "crm.associations.NO_ASSOCIATIONS_FOUND",
        ["message"] = $"No {call.Type("to").Singular} is associated with {call.Type("from").Singular} {id}.",
        ["context"] = new JsonObject { ["fromObjectId"] = new JsonArray(id) },
    };

    private static IEnumerable<(HubSpotRecord From, HubSpotRecord To, JsonObject Input)> Pairs(ApiCall call) =>
        [.. BatchAnswer.Inputs(call, MostWrites).Select(input => (
            Find(call, "from", input["from"]) ?? throw HubSpotRefusal.NotFound(),
            Find(call, "to", input["to"]) ?? throw HubSpotRefusal.NotFound(),
            input))];

    private static HubSpotRecord? Find(ApiCall call, string part, JsonNode? end) =>
        long.TryParse(HubSpotJson.Text(end?["id"]), out var id) && call.Portal.Table(call.Type(part)).Resolve(id) is { State.IsArchived: false } found ? found : null;
}
