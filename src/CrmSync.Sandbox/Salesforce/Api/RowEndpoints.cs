using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>One row at a time.</summary>
internal static class RowEndpoints
{
    public static RestReply Get(RestCall call, string type, string id)
    {
        var table = call.Table(type);
        var record = call.Find(table, id);
        return Show(call, record);
    }

    public static RestReply GetByExternalId(RestCall call, string type, string field, string value) =>
        Show(call, RowWrites.ByExternalId(call, call.Table(type), field, value) ?? throw SalesforceRefusal.NoResource());

    public static RestReply Create(RestCall call, string type)
    {
        var id = RowWrites.Create(call, call.Table(type).Schema, call.Body)();
        return RestReply.Created(Done(id)) with { Headers = new() { ["Location"] = call.Path($"sobjects/{type}/{id}") } };
    }

    public static RestReply Update(RestCall call, string type, string id)
    {
        var table = call.Table(type);
        var record = call.Find(table, id);
        if (call.Body.Any(pair => string.Equals(pair.Key, "Id", StringComparison.OrdinalIgnoreCase)))
        {
            throw new SalesforceRefusal(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
        }

        if (Condition(call, "If-Unmodified-Since") is { } since && Modified(record) > since)
        {
            throw new SalesforceRefusal(412, "PRECONDITION_FAILED", "The record has been modified since the date given.");
        }

        RowWrites.Update(call, table.Schema, record, call.Body)();
        return RestReply.NoContent;
    }

    public static RestReply Upsert(RestCall call, string type, string field, string value)
    {
        var table = call.Table(type);
        var (id, isNew) = Upsert(call, table, field, value, call.Body);
        var body = Done(id);
        body["created"] = isNew;
        return new RestReply(isNew ? 201 : 200, body);
    }

    /// <summary>The row with this external id is changed, or made if there is none.</summary>
    public static (string Id, bool IsNew) Upsert(RestCall call, RecordTable table, string field, string value, JsonObject row)
    {
        if (RowWrites.ByExternalId(call, table, field, value) is { } record)
        {
            return (RowWrites.Update(call, table.Schema, record, row)(), false);
        }

        var complete = (JsonObject)row.DeepClone();
        complete[table.Schema.Get(field).Name] = value;
        return (RowWrites.Create(call, table.Schema, complete)(), true);
    }

    public static RestReply Delete(RestCall call, string type, string id)
    {
        RowWrites.Delete(call, call.Find(call.Table(type), id))();
        return RestReply.NoContent;
    }

    public static JsonObject Done(string id) => new() { ["id"] = id, ["success"] = true, ["errors"] = new JsonArray() };

    private static RestReply Show(RestCall call, OrgRow record)
    {
        if (Condition(call, "If-Modified-Since") is { } since && Modified(record) <= since)
        {
            return new RestReply(304, null);
        }

        var values = call.See(record)!;
        var asked = call.Request.Parameter("fields")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var fields = asked is null
            ? RowJson.Visible(call.Org, record.Type)
            : asked.Select(name => FieldAccess.Find(call.Org, record.Type, name)
                ?? throw new SalesforceRefusal(400, "INVALID_FIELD", $"No such column '{name}' on sobject of type {record.Type.Name}"));
        return RestReply.Ok(RowJson.Write(call, record, values, fields.ToList()));
    }

    private static DateTimeOffset Modified(OrgRow record) => (DateTimeOffset)record.State.Values[SystemFields.LastModifiedDate]!;

    /// <summary>The instant of a condition, or null without one.</summary>
    private static DateTimeOffset? Condition(RestCall call, string header)
    {
        if (call.Request.Header(header) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new SalesforceRefusal(400, "INVALID_HEADER_VALUE", $"Invalid value for header {header}: {text}");
    }
}
