using System.Text.Json;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Reads a delivery's array of events into hints. Written straight on the reader: an acknowledgement waits for it. One
/// bad event costs itself; what comes before a break in the JSON is kept.
/// </summary>
internal sealed class HubSpotEvents(string? accountId)
{
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    public WebhookReading Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(Bom))
            body = body[Bom.Length..];
        var hints = new List<WebhookHint>();
        var (ignored, bad, began) = (0, 0, false);
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return WebhookReading.Malformed;
            began = true;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    bad++;
                    continue;
                }
                var parsed = new HubSpotEvent();
                parsed.Read(ref reader);
                switch (HubSpotEventHints.Add(parsed, accountId, hints))
                {
                    case EventUse.Ignored: ignored++; break;
                    case EventUse.Bad: bad++; break;
                }
            }
            return reader.Read() ? new(WebhookVerdict.Authentic, hints, ignored, bad + 1) : new(WebhookVerdict.Authentic, hints, ignored, bad);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return began && (hints.Count > 0 || ignored > 0 || bad > 0) ? new(WebhookVerdict.Authentic, hints, ignored, bad + 1) : WebhookReading.Malformed;
        }
    }
}
