using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Chaos.Rigging;

/// <summary>Webhooks signed as HubSpot documents it (v3), by a hand of its own.</summary>
internal sealed class Signer(Uri address, string secret, TimeProvider clock)
{
    public Uri Address => address;
    public string Secret => secret;
    public DateTimeOffset Now => clock.GetUtcNow();

    public static string Event(long eventId, string objectId, string portalId) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"eventId":{{eventId}},"subscriptionId":7,"portalId":{{portalId}},"appId":1,"occurredAt":1767600000000,"subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":{{objectId}},"propertyName":"jobtitle","propertyValue":"x","changeSource":"CRM_UI"}""");

    public static string Signature(string secret, string method, string uri, byte[] body, string timestamp) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(method + uri), .. body, .. Encoding.UTF8.GetBytes(timestamp)]));

    public string Timestamp(TimeSpan age = default) => (Now - age).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>A request whose signature is good.</summary>
    public HttpRequestMessage Request(string body) => Request(Encoding.UTF8.GetBytes(body));

    public HttpRequestMessage Request(byte[] body)
    {
        var timestamp = Timestamp();
        return Request(body, Signature(secret, "POST", address.ToString(), body, timestamp), timestamp);
    }

    /// <summary>A request with whatever signature and timestamp.</summary>
    public HttpRequestMessage Request(byte[] body, string? signature, string? timestamp)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-HubSpot-Signature-v3", signature);
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation("X-HubSpot-Request-Timestamp", timestamp);
        return request;
    }
}
