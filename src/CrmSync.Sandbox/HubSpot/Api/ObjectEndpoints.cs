using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>One record at a time, and the list of all.</summary>
internal static class ObjectEndpoints
{
    public static ApiReply Get(ApiCall call)
    {
        var record = Find(call);
        if (call.See(record) is not { } state || state.IsArchived != call.IsArchivedWanted)
        {
            throw HubSpotRefusal.NotFound();
        }

        return ApiReply.Ok(Complete(call, record, state));
    }

    public static ApiReply Create(ApiCall call)
    {
        var type = call.Type();
        var check = WriteGuard.CheckCreate(call.Portal, type, call.Body);
        WriteGuard.ThrowIfInvalid(call.Portal, check);
        var ends = InlineAssociations.Read(call, type, call.Body["associations"]);
        var record = RecordWriter.Create(call.Portal, type, check.Values, call.Write);
        InlineAssociations.Tie(call, record, ends);
        return ApiReply.Created(RecordJson.Write(call.Portal, record, record.State, RecordJson.AfterCreate(call.Portal, record)));
    }

    public static ApiReply Update(ApiCall call)
    {
        var record = Find(call);
        if (record.State.IsArchived)
        {
            throw HubSpotRefusal.NotFound();
        }

        var check = WriteCheck.Of(call.Portal, record.Type, HubSpotJson.Texts(call.Body["properties"]), record);
        WriteGuard.ThrowIfInvalid(call.Portal, check);
        WriteGuard.ThrowIfTaken(call.Portal, record.Type, check.Values, record);
        RecordWriter.Update(call.Portal, record, check.Values, call.Write);
        return ApiReply.Ok(RecordJson.Write(call.Portal, record, record.State, check.Values.Keys));
    }

    /// <summary>Archiving what is not there, or not any more, succeeds as well.</summary>
    public static ApiReply Archive(ApiCall call)
    {
        if (long.TryParse(call["id"], out var id) && call.Portal.Table(call.Type()).Resolve(id) is { } record)
        {
            RecordEnding.Archive(call.Portal, record, call.Write);
        }

        return ApiReply.NoContent;
    }

    /// <summary>In the order of ids; <c>after</c> is the id of the next record.</summary>
    public static ApiReply List(ApiCall call)
    {
        var table = call.Portal.Table(call.Type());
        var limit = call.Limit(10, call.ListParameter("propertiesWithHistory").Count > 0 ? 50 : 100);
        var after = long.TryParse(call.Request.Parameter("after"), out var parsed) ? parsed : 0;
        var results = new JsonArray();
        string? next = null;
        for (var place = table.PlaceAfter(after - 1); place < table.All.Count && next is null; place++)
        {
            var record = table.All[place];
            if (record.IsGone || call.See(record) is not { } state || state.IsArchived != call.IsArchivedWanted)
            {
                continue;
            }

            if (results.Count == limit)
            {
                next = record.IdText;
            }
            else
            {
                results.Add(Complete(call, record, state));
            }
        }

        var body = new JsonObject { ["results"] = results };
        AddPaging(body, call, next);
        return ApiReply.Ok(body);
    }

    public static void AddPaging(JsonObject body, ApiCall call, string? next)
    {
        if (next is not null)
        {
            body["paging"] = new JsonObject
            {
                ["next"] = new JsonObject { ["after"] = next, ["link"] = $"https://api.hubapi.com{call.Request.Path}?after={next}" },
            };
        }
    }

    /// <summary>The record that the path names: by id (a merged-away one finds the survivor), or by a unique property.</summary>
    private static HubSpotRecord Find(ApiCall call)
    {
        var type = call.Type();
        if (call.Request.Parameter("idProperty") is { } property)
        {
            return call.Portal.Table(type).FindUnique(property, call["id"]) ?? throw HubSpotRefusal.NotFound();
        }

        if (!long.TryParse(call["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            throw new HubSpotRefusal(404, "Object not found.  objectId are usually numeric.", "OBJECT_NOT_FOUND")
            {
                Context = new JsonObject { ["id"] = new JsonArray(call["id"]) },
            };
        }

        return call.Portal.Table(type).Resolve(id) ?? throw HubSpotRefusal.NotFound();
    }

    private static JsonObject Complete(ApiCall call, HubSpotRecord record, RecordState state)
    {
        var withHistory = call.ListParameter("propertiesWithHistory");
        var asked = call.ListParameter("properties");
        var body = RecordJson.Write(call.Portal, record, state, (asked.Count == 0 ? RecordJson.Defaults(record.Type) : asked).Concat(withHistory));
        RecordJson.AddHistory(body, record, withHistory);
        var types = call.ListParameter("associations").Select(name => ObjectType.Find(name)
            ?? throw HubSpotRefusal.Validation($"Unable to infer object type from: {name}"));
        RecordJson.AddAssociations(body, call.Portal, record, types);
        return body;
    }
}
