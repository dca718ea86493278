using System.Text;
using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.Salesforce;

/// <summary>Address and headers of a request share a limit; what is beyond it never reaches the API, so the answer is a page.</summary>
internal static class AddressLimit
{
    private const int MostBytes = 16_384;

    /// <summary>414 when the address alone is too long, 431 when the headers make it so; null for a request that fits.</summary>
    public static CrmReply? Refuse(CrmRequest request)
    {
        var address = request.Path.Length + request.Query.Sum(pair => pair.Key.Length + Uri.EscapeDataString(pair.Value).Length + 2);
        var headers = request.Headers.Sum(pair => pair.Key.Length + pair.Value.Length + 4);
        return address > MostBytes ? Page(414, "URI Too Long") : address + headers > MostBytes ? Page(431, "Request Header Fields Too Large") : null;
    }

    private static CrmReply Page(int status, string title) => new()
    {
        Status = status,
        ContentType = "text/html;charset=UTF-8",
        Body = Encoding.UTF8.GetBytes($"<html><head><title>{status} {title}</title></head><body><h1>{title}</h1></body></html>"),
    };
}
