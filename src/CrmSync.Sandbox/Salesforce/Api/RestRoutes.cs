using CrmSync.Sandbox.Salesforce.Store;


namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>Which endpoint answers a path after the version.</summary>
internal static class RestRoutes
{
    public static RestReply Answer(RestCall call) => call.Parts is ["tooling", .. var tooling] ? Tooling(call, tooling) : call.Parts switch
    {
        ["composite", .. var composite] => Composite(call, composite),
        ["sobjects", .. var rows] => Rows(call, rows),
        _ => (call.Method, call.Parts) switch
        {
            ("GET", []) => DescribeEndpoints.Resources(call),
            ("GET", ["limits"]) => DescribeEndpoints.Limits(call),
            ("GET", ["query"]) => QueryEndpoints.Query(call, withDeleted: false),
            ("GET", ["queryAll"]) => QueryEndpoints.Query(call, withDeleted: true),
            ("GET", ["query" or "queryAll", var place]) => QueryEndpoints.More(call, place),
            _ => throw SalesforceRefusal.NoResource(),
        },
    };

    private static RestReply Composite(RestCall call, string[] parts) => (call.Method, parts) switch
    {
        ("POST", []) => CompositeEndpoints.Composite(call),
        ("POST", ["batch"]) => CompositeEndpoints.Batch(call),
        ("POST", ["sobjects"]) => CollectionEndpoints.Create(call),
        ("PATCH", ["sobjects"]) => CollectionEndpoints.Update(call),
        ("DELETE", ["sobjects"]) => CollectionEndpoints.Delete(call),
        ("POST" or "GET", ["sobjects", var type]) => CollectionEndpoints.Read(call, type),
        ("PATCH", ["sobjects", var type, var field]) => CollectionEndpoints.Upsert(call, type, field),
        _ => throw SalesforceRefusal.NoResource(),
    };

    private static RestReply Rows(RestCall call, string[] parts) => (call.Method, parts) switch
    {
        ("GET", []) => DescribeEndpoints.Objects(call),
        ("GET", [var type]) => DescribeEndpoints.Basics(call, type),
        ("POST", [var type]) => RowEndpoints.Create(call, type),
        ("GET", [var type, "describe"]) => DescribeEndpoints.Describe(call, type),
        ("GET", [var type, "updated"]) => ReplicationEndpoints.Updated(call, type),
        ("GET", [var type, "deleted"]) => ReplicationEndpoints.Deleted(call, type),
        ("GET", [var type, "listviews"]) => ListViewEndpoints.List(call, type),
        ("GET", [var type, "listviews", var view]) => ListViewEndpoints.Get(call, type, view),
        ("GET", [var type, var id]) => RowEndpoints.Get(call, type, id),
        ("PATCH", [var type, var id]) => RowEndpoints.Update(call, type, id),
        ("DELETE", [var type, var id]) => RowEndpoints.Delete(call, type, id),
        ("GET", [var type, var field, var value]) => RowEndpoints.GetByExternalId(call, type, field, value),
        ("PATCH" or "POST", [var type, var field, var value]) => RowEndpoints.Upsert(call, type, field, value),
        (_, [_] or [_, _]) => throw new SalesforceRefusal(405, "METHOD_NOT_ALLOWED",
            "HTTP Method '" + call.Method + "' not allowed. Allowed are HEAD,GET,PATCH,DELETE") { IsCodeFirst = true },
        _ => throw SalesforceRefusal.NoResource(),
    };

    private static RestReply Tooling(RestCall call, string[] parts) => (call.Method, parts) switch
    {
        ("GET", ["query"]) => QueryEndpoints.Query(call, withDeleted: false),
        ("GET", ["query", var place]) => QueryEndpoints.More(call, place),
        ("POST", ["sobjects", ChangeSelection.Table]) => ChannelEndpoints.Create(call),
        ("POST", ["sobjects", "CustomField"]) => ToolingEndpoints.Create(call),
        ("GET", ["sobjects", "CustomField", var id]) => ToolingEndpoints.Read(call, id),
        ("PATCH", ["sobjects", "CustomField", var id]) => ToolingEndpoints.Update(call, id),
        _ => throw SalesforceRefusal.NoResource(),
    };
}
