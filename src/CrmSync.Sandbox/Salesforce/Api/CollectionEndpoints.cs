using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>Up to 200 rows in one call. The answer is 200 whatever becomes of them, and tells of each in the order of the request.</summary>
internal static class CollectionEndpoints
{
    private const int MostRows = 200;
    private const int MostRead = 2_000;
    private const int MostChunks = 10;

    public static RestReply Create(RestCall call) => Each(call, (schema, row, _) => RowWrites.Create(call, schema, row));

    public static RestReply Update(RestCall call) => Each(call, (schema, row, seen) =>
        RowWrites.Update(call, schema, Target(call, schema, SalesforceJson.Text(row["id"] ?? row["Id"]) ?? "", seen), row));

    public static RestReply Upsert(RestCall call, string type, string field)
    {
        var table = call.Table(type);
        var isNew = new Dictionary<JsonObject, bool>();
        var reply = Each(call, (schema, row, seen) =>
        {
            if (schema != table.Schema)
            {
                throw SalesforceRefusal.Row("INVALID_TYPE", $"sObject type of the row is not {type}");
            }

            var name = row.Select(pair => pair.Key).FirstOrDefault(key => string.Equals(key, field, StringComparison.OrdinalIgnoreCase));
            var value = name is null ? null : SalesforceJson.Text(row[name]);
            if (value is null || !seen.Add(value))
            {
                throw value is null
                    ? SalesforceRefusal.Row("MISSING_ARGUMENT", $"{field} not specified")
                    : SalesforceRefusal.Row("DUPLICATE_VALUE", $"Duplicate external id specified: {value}", field);
            }

            return () =>
            {
                var (id, created) = RowEndpoints.Upsert(call, table, field, value, row);
                isNew[row] = created;
                return id;
            };
        });
        foreach (var (row, entry) in Rows(call).Zip(reply.Body!.AsArray()))
        {
            if (isNew.TryGetValue(row, out var created))
            {
                entry!["created"] = created;
            }
        }

        return reply;
    }

    /// <summary>Here the choice between all and none stands in the address.</summary>
    public static RestReply Delete(RestCall call)
    {
        var ids = (call.Request.Parameter("ids") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        RequireSize(ids.Length);
        var seen = new HashSet<string>();
        return RowBatch.Run([.. ids.Select<string, Func<Func<string>>>(id => () =>
        {
            var table = call.Org.Schemas.Where(schema => id.StartsWith(schema.Prefix, StringComparison.Ordinal)).Select(schema => call.Org.Table(schema.Name)).FirstOrDefault()
                ?? throw SalesforceRefusal.Row("MALFORMED_ID", "malformed id " + id);
            return RowWrites.Delete(call, Target(call, table.Schema, id, seen));
        })], bool.TryParse(call.Request.Parameter("allOrNone"), out var flag) && flag);
    }

    /// <summary>In the order of the ids, with null for what is not there.</summary>
    public static RestReply Read(RestCall call, string type)
    {
        var table = call.Table(type);
        var isPost = call.Method == "POST";
        var ids = isPost ? Texts(call.Body["ids"]) : Split(call.Request.Parameter("ids"));
        var names = isPost ? Texts(call.Body["fields"]) : Split(call.Request.Parameter("fields"));
        if (ids.Count > MostRead)
        {
            throw new SalesforceRefusal(400, "LIMIT_EXCEEDED", $"record count {ids.Count} exceeds the limit of {MostRead}");
        }

        var fields = names.Select(name => FieldAccess.Find(call.Org, table.Schema, name)
            ?? throw new SalesforceRefusal(400, "INVALID_FIELD", $"No such column '{name}' on sobject of type {table.Schema.Name}")).ToList();
        return RestReply.Ok(new JsonArray([.. ids.Select(id =>
            RecordId.Normalise(id) is { } whole && table.Find(whole) is { } record && call.See(record) is { } values && values[SystemFields.IsDeleted] is not true
                ? (JsonNode?)RowJson.Write(call, record, values, fields)
                : null)]));
    }

    private static RestReply Each(RestCall call, Func<SObjectSchema, JsonObject, HashSet<string>, Func<string>> prepare)
    {
        var rows = Rows(call);
        RequireSize(rows.Count);
        var types = rows.Select(row => SalesforceJson.Text(row["attributes"]?["type"]) ?? "").ToList();
        if (types.Where((type, place) => place == 0 || type != types[place - 1]).Count() > MostChunks)
        {
            throw new SalesforceRefusal(400, "LIMIT_EXCEEDED", $"more than {MostChunks} chunks of objects in one request");
        }

        var seen = new HashSet<string>();
        return RowBatch.Run([.. rows.Zip(types).Select<(JsonObject Row, string Type), Func<Func<string>>>(pair => () =>
        {
            var table = call.Org.FindTable(pair.Type) ?? throw SalesforceRefusal.Row("INVALID_TYPE", $"sObject type '{pair.Type}' is not supported.");
            return prepare(table.Schema, pair.Row, seen);
        })], SalesforceJson.Flag(call.Body["allOrNone"]));
    }

    private static OrgRow Target(RestCall call, SObjectSchema schema, string id, HashSet<string> seen)
    {
        var whole = RecordId.Normalise(id) ?? throw SalesforceRefusal.Row("MALFORMED_ID", $"malformed id {id}", "Id");
        if (!seen.Add(whole))
        {
            throw SalesforceRefusal.Row("DUPLICATE_VALUE", $"duplicate id in the list: {whole}", "Id");
        }

        return call.Org.Table(schema.Name).Find(whole) ?? throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    }

    private static List<JsonObject> Rows(RestCall call) => call.Body["records"] is JsonArray rows
        ? [.. rows.Select(row => row as JsonObject ?? throw SalesforceRefusal.Json("Unexpected value: a record was expected at [line:1, column:1]"))]
        : throw SalesforceRefusal.Json("records not specified at [line:1, column:1]");

    private static void RequireSize(int count)
    {
        if (count > MostRows)
        {
            throw new SalesforceRefusal(400, "LIMIT_EXCEEDED", $"record count {count} exceeds the limit of {MostRows}");
        }
    }

    private static List<string> Texts(JsonNode? node) => [.. (node as JsonArray)?.Select(item => SalesforceJson.Text(item) ?? "") ?? []];

    private static List<string> Split(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
