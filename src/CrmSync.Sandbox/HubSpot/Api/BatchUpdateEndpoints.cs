using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Batch update and upsert, with the ways in which an input can be lost.</summary>
internal static class BatchUpdateEndpoints
{
    public static ApiReply Update(ApiCall call)
    {
        var type = call.Type();
        var table = call.Portal.Table(type);
        var inputs = BatchAnswer.Inputs(call);
        inputs.ToList().ForEach(input => RefuseNonUniqueKey(type, input));
        var found = inputs.Select(input => (Input: input, Id: HubSpotJson.Text(input["id"]) ?? "")).ToList();
        var missing = found.Where(row => Live(table, row.Input, row.Id) is null && !IsMergedAway(table, row.Id)).ToList();
        var isPartial = call.Portal.Switches.BatchUpdatePartial && inputs.All(input => BatchAnswer.TraceId(input) is not null);
        var rows = found.Select(row => (row.Input, Record: Live(table, row.Input, row.Id))).Where(row => row.Record is not null).ToList();
        if (!isPartial)
        {
            rows.ForEach(row => Check(call, row.Input, row.Record!));
        }

        var answer = new BatchAnswer(call);
        foreach (var (input, record) in rows)
        {
            BatchEndpoints.Try(answer, input, isPartial, () =>
            {
                var values = Check(call, input, record!);
                RecordWriter.Update(call.Portal, record!, values, call.Write);
                answer.Add(RecordJson.Write(call.Portal, record!, record!.State, values.Keys), input);
            });
        }

        answer.AddMissing(type, [.. missing.Select(row => row.Id)], [.. missing.Select(row => BatchAnswer.TraceId(row.Input)).OfType<string>()]);
        return answer.ToReply(200);
    }

    /// <summary>Two inputs that mean one record are refused; so is an invalid one, before anything is written.</summary>
    public static ApiReply Upsert(ApiCall call)
    {
        var type = call.Type();
        var inputs = BatchAnswer.Inputs(call).Select(input => (Input: input, Key: KeyOf(call, type, input), Id: HubSpotJson.Text(input["id"]) ?? "")).ToList();
        if (inputs.Select(row => (row.Key, row.Id.ToLowerInvariant())).Distinct().Count() != inputs.Count)
        {
            throw HubSpotRefusal.Validation("Duplicate IDs found in batch input: each record may be named once");
        }

        var isPartial = call.Portal.Switches.BatchUpdatePartial && inputs.All(row => BatchAnswer.TraceId(row.Input) is not null);
        if (!isPartial)
        {
            inputs.ForEach(row => CheckUpsert(call, type, row.Input, row.Key, row.Id));
        }

        var answer = new BatchAnswer(call);
        foreach (var (input, key, id) in inputs)
        {
            BatchEndpoints.Try(answer, input, isPartial, () =>
            {
                var (values, record) = CheckUpsert(call, type, input, key, id);
                if (record is not null)
                {
                    RecordWriter.Update(call.Portal, record, values, call.Write);
                }

                Add(call, answer, input, record ?? RecordWriter.Create(call.Portal, type, values, call.Write), values.Keys, isNew: record is null);
            });
        }

        return answer.ToReply(200);
    }

    private static string KeyOf(ApiCall call, ObjectType type, JsonObject input)
    {
        var key = HubSpotJson.Text(input["idProperty"]) ?? throw HubSpotRefusal.Validation("idProperty is required for upsert");
        RequireUnique(call.Portal.Schema(type), key);
        return key;
    }

    /// <summary>The values to write, and the record they go to; null for one that is to be made.</summary>
    private static (Dictionary<string, string> Values, HubSpotRecord? Record) CheckUpsert(ApiCall call, ObjectType type, JsonObject input, string key, string id)
    {
        if (call.Portal.Table(type).FindUnique(key, id) is { State.IsArchived: false } record)
        {
            return (Check(call, input, record), record);
        }

        var complete = (JsonObject)input.DeepClone();
        (complete["properties"] as JsonObject ?? throw HubSpotRefusal.Validation("properties are required"))[key] = id;
        var check = WriteGuard.CheckCreate(call.Portal, type, complete);
        WriteGuard.ThrowIfInvalid(call.Portal, check);
        return (check.Values, null);
    }

    private static void Add(ApiCall call, BatchAnswer answer, JsonObject input, HubSpotRecord record, IEnumerable<string> properties, bool isNew)
    {
        var body = RecordJson.Write(call.Portal, record, record.State, properties);
        body["new"] = isNew;
        answer.Add(body, input);
    }

    private static Dictionary<string, string> Check(ApiCall call, JsonObject input, HubSpotRecord record)
    {
        var check = WriteCheck.Of(call.Portal, record.Type, HubSpotJson.Texts(input["properties"]), record);
        WriteGuard.ThrowIfInvalid(call.Portal, check);
        WriteGuard.ThrowIfTaken(call.Portal, record.Type, check.Values, record);
        return check.Values;
    }

    private static HubSpotRecord? Live(ObjectTable table, JsonObject input, string id) =>
        BatchEndpoints.Find(table, id, HubSpotJson.Text(input["idProperty"])) is { State.IsArchived: false } record ? record : null;

    /// <summary>An id that was merged away is left out of the results without a word.</summary>
    private static bool IsMergedAway(ObjectTable table, string id) =>
        long.TryParse(id, out var number) && table.FindEvenGone(number) is { MergedInto: not null };

    private static void RefuseNonUniqueKey(ObjectType type, JsonObject input)
    {
        if (HubSpotJson.Text(input["idProperty"]) is { } property && (property == "hs_object_id" || (type == ObjectType.Contact && property == "email")))
        {
            throw HubSpotRefusal.Validation($"Unable to perform update/upsert by non-unique {type.TypeId} property {property}");
        }
    }

    private static void RequireUnique(TypeSchema schema, string property)
    {
        if (schema.Find(property) is not { HasUniqueValue: true })
        {
            throw HubSpotRefusal.Validation($"Unable to perform update/upsert by non-unique {schema.Type.TypeId} property {property}");
        }
    }
}
