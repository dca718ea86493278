using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Tests.Support;

/// <summary>Webhooks as HubSpot sends them, signed by a hand of its own: the test must not trust the product's idea of a signature.</summary>
internal sealed class SignedWebhook(Uri address, string secret, TimeProvider clock)
{
    public static string Event(long eventId, string objectId, string portalId, string type = "contact.propertyChange") =>
        $$"""{"eventId":{{eventId}},"subscriptionId":7,"portalId":{{portalId}},"appId":1,"occurredAt":1767600000000,"subscriptionType":"{{type}}","attemptNumber":0,"objectId":{{objectId}},"propertyName":"jobtitle","propertyValue":"x","changeSource":"CRM_UI"}""";

    /// <summary>A request with a good signature, for a test to spoil.</summary>
    public HttpRequestMessage Request(string body, TimeSpan age = default, string? signedBody = null, string? signedUri = null, string? otherSecret = null)
    {
        var timestamp = (clock.GetUtcNow() - age).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var text = "POST" + (signedUri ?? address.ToString()) + (signedBody ?? body) + timestamp;
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(otherSecret ?? secret), Encoding.UTF8.GetBytes(text)));
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("X-HubSpot-Signature-v3", signature);
        request.Headers.Add("X-HubSpot-Request-Timestamp", timestamp);
        return request;
    }
}
