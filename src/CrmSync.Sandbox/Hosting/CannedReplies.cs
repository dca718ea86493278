using System.Text;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.Hosting;

/// <summary>Answers that no dialect gave: from a proxy, a load balancer or a stranger.</summary>
internal static class CannedReplies
{
    private const string Page = "<!DOCTYPE html><html><head><title>We'll be right back</title></head><body><h1>We'll be right back</h1></body></html>";

    public static CrmReply Of(FaultRequest fault, string errorBody) => fault.Fault switch
    {
        "redirect" => Reply(fault, 307, "text/html;charset=utf-8", "", ("Location", "http://127.0.0.1:9/elsewhere")),
        "html" => Reply(fault, 200, "text/html;charset=utf-8", Page),
        _ => Reply(fault, 500, "application/json;charset=utf-8", errorBody),
    };

    private static CrmReply Reply(FaultRequest fault, int status, string contentType, string body, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        foreach (var (name, value) in fault.Headers ?? new Dictionary<string, string?>())
        {
            all[name] = value ?? "";
        }

        all.Remove("Content-Type", out var type);
        return new CrmReply
        {
            Status = fault.Status ?? status,
            Headers = all,
            ContentType = type ?? contentType,
            Body = Encoding.UTF8.GetBytes(fault.Body ?? body),
        };
    }
}
