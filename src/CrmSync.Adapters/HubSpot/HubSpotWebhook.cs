namespace CrmSync.Adapters.HubSpot;

/// <summary>Verifies first, over the raw bytes; only then looks at what they say.</summary>
internal sealed class HubSpotWebhook(CrmConnection connection, HubSpotOptions options) : ICrmWebhook
{
    private readonly HubSpotSignature _signature = new(connection.WebhookSecrets, connection.PublicUrl, options.AllowV1Signature);
    private readonly HubSpotEvents _events = new(connection.AccountId);

    public WebhookReading Read(WebhookDelivery delivery, DateTimeOffset now) =>
        _signature.IsAuthentic(delivery, now) ? _events.Read(delivery.Body.Span) : WebhookReading.Unauthentic;
}
