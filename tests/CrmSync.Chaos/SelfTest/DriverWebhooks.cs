using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Webhooks that the driver sends by itself, true and forged, signed by a hand of its own.</summary>
internal sealed class DriverWebhooks(SmallWorld world)
{
    private readonly List<WebhookSent> _sent = [];

    public IReadOnlyList<WebhookSent> Sent => _sent;

    public async Task SendAsync(long eventId, string leadId, bool isAuthentic)
    {
        var at = world.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var body = $$"""[{"eventId":{{eventId}},"subscriptionId":7,"portalId":{{world.Account.AccountId}},"appId":1,"occurredAt":{{at}},"subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":{{leadId}},"propertyName":"jobtitle","propertyValue":"x","changeSource":"CRM_UI"}]""";
        var secret = isAuthentic ? world.Account.WebhookSecret : "a guess";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"POST{world.Webhooks}{body}{at}"));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, world.Webhooks) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-HubSpot-Signature-v3", Convert.ToBase64String(signature));
        request.Headers.Add("X-HubSpot-Request-Timestamp", at);
        using var answer = await client.SendAsync(request);
        _sent.Add(new(world.Now, [eventId.ToString(CultureInfo.InvariantCulture)], [leadId], isAuthentic, (int)answer.StatusCode));
    }
}
