using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>What changed or was deleted within a span of time, by id.</summary>
internal static class ReplicationEndpoints
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    public static RestReply Updated(RestCall call, string type)
    {
        var (start, end) = Span(call);
        var ids = Rows(call, type, start, end, isDeleted: false).Select(record => (JsonNode)record.Id).ToArray();
        return RestReply.Ok(new JsonObject { ["ids"] = new JsonArray(ids), ["latestDateCovered"] = SalesforceInstants.Format(Covered(call, type, end)) });
    }

    public static RestReply Deleted(RestCall call, string type)
    {
        var (start, end) = Span(call);
        var rows = Rows(call, type, start, end, isDeleted: true).Select(record => (JsonNode)new JsonObject
        {
            ["id"] = record.Id,
            ["deletedDate"] = SalesforceInstants.Format(Stamp(record.State.Values)),
        }).ToArray();
        return RestReply.Ok(new JsonObject
        {
            ["deletedRecords"] = new JsonArray(rows),
            ["earliestDateAvailable"] = SalesforceInstants.Format(SalesforceInstants.Second(call.Request.Now - Furthest)),
            ["latestDateCovered"] = SalesforceInstants.Format(Covered(call, type, end)),
        });
    }

    private static IEnumerable<OrgRow> Rows(RestCall call, string type, DateTimeOffset start, DateTimeOffset end, bool isDeleted) =>
        call.Table(type).All.Where(record => call.See(record) is { } values && values[SystemFields.IsDeleted] is true == isDeleted && Stamp(values) >= start
            && Stamp(values) < end);

    private static DateTimeOffset Stamp(object?[] values) => (DateTimeOffset)values[SystemFields.SystemModstamp]!;

    /// <summary>Falls back to the start of a transaction that still runs.</summary>
    private static DateTimeOffset Covered(RestCall call, string type, DateTimeOffset end) =>
        call.Table(type).All.Where(record => record.IsUncommitted(call.Request.Now)).Select(record => Stamp(record.State.Values)).Append(end).Min();

    private static (DateTimeOffset Start, DateTimeOffset End) Span(RestCall call)
    {
        DateTimeOffset Read(string name) => SalesforceInstants.Parse(call.Request.Parameter(name) ?? "") is { } at
            ? SalesforceInstants.Second(at)
            : throw new SalesforceRefusal(400, "INVALID_REPLICATION_DATE", $"{name} is not a valid date");

        var (start, end) = (Read("start"), Read("end"));
        if (start >= end)
        {
            throw new SalesforceRefusal(400, "INVALID_REPLICATION_DATE", "startDate must be earlier than endDate");
        }

        return start < call.Request.Now - Furthest
            ? throw new SalesforceRefusal(400, "INVALID_REPLICATION_DATE", "startDate cannot be more than 30 days ago")
            : (start, end);
    }
}
