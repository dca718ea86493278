using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Api;

namespace CrmSync.Sandbox.Salesforce;

/// <summary>Writes answers out as Salesforce would.</summary>
internal static class SalesforceReplies
{
    public static CrmReply Finish(CrmRequest request, SalesforceAccount target, RestCall call, RestReply reply)
    {
        var used = target.Meter.Used(request.Now);
        var whole = reply.Raw is null ? Json(request, reply.Status, reply.Body) : Text(request, reply);
        whole.Headers["Sforce-Limit-Info"] = string.Create(CultureInfo.InvariantCulture, $"api-usage={used}/{target.Org.Switches.DailyLimit}");
        foreach (var (name, value) in reply.Headers)
        {
            whole.Headers[name] = value;
        }

        return whole with { AccountId = target.Org.Id, Identity = "user", WindowUsed = used, NextPage = NextPage(reply), Reads = call.Reads, Oldest = call.Oldest, Effects = call.Write.Effects };
    }

    private static string? NextPage(RestReply reply) => (reply.Body as JsonObject)?["nextRecordsUrl"] is JsonValue next ? PageBook.PageAt(next.GetValue<string>()) : null;

    public static CrmReply Text(CrmRequest request, RestReply reply) => new()
    {
        Status = reply.Status,
        Headers = Headers(request),
        ContentType = reply.Raw!.Value.ContentType,
        Body = Encoding.UTF8.GetBytes(reply.Raw.Value.Text),
    };

    public static CrmReply Json(CrmRequest request, int status, JsonNode? body) => new()
    {
        Status = status,
        Headers = Headers(request),
        ContentType = body is null ? null : "application/json;charset=UTF-8",
        Body = body is null ? ReadOnlyMemory<byte>.Empty : Encoding.UTF8.GetBytes(body.ToJsonString(SalesforceJson.Options)),
    };

    /// <summary>Clients take the time from the answer, so it must be the sandbox's.</summary>
    private static Dictionary<string, string> Headers(CrmRequest request) => new() { ["Date"] = request.Now.ToString("r", CultureInfo.InvariantCulture) };
}
