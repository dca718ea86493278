using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Access;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Webhooks;

/// <summary>What one account has to tell: events wait a moment, then leave in batches.</summary>
internal sealed class WebhookFeed(string crm, int seed, AppCredentials app, Func<HubSpotSwitches> switches)
{
    private const int MostEvents = 100;
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Ten retries over a day; HubSpot keeps the schedule to itself, so each is moved a little.</summary>
    private static readonly TimeSpan[] Retries = [.. new[] { 1, 3, 10, 30, 60, 120, 180, 240, 300, 360 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    private readonly List<Subscription> subscriptions = [];
    private readonly List<(DateTimeOffset Due, Subscription To, JsonObject Event)> waiting = [];
    private readonly List<WebhookDelivery> returned = [];
    private long lastEvent;

    public void Subscribe(Uri url, IReadOnlyList<string> events)
    {
        var parsed = events.Select((text, index) => Subscription.Parse(subscriptions.Count + index + 1, url, text)).ToList();
        subscriptions.AddRange(parsed);
    }

    /// <summary>Puts the events of a change in the queue of whoever subscribed to them.</summary>
    public void Add(PortalChange change)
    {
        if (subscriptions.Count == 0)
        {
            return;
        }

        foreach (var (type, property, body) in EventJson.Of(change))
        {
            // Several subscriptions to one address can overlap by way of the star; the event goes there once.
            foreach (var subscription in subscriptions.Where(known => known.Wants(type, property)).DistinctBy(known => known.Url))
            {
                waiting.Add((Due(change, type), subscription, Event(subscription, type, body)));
            }
        }
    }

    public DateTimeOffset? NextDue
    {
        get
        {
            var dues = waiting.Select(item => item.Due).Concat(returned.Select(delivery => delivery.Due)).ToList();
            return dues.Count == 0 ? null : dues.Min();
        }
    }

    public void Return(WebhookDelivery delivery)
    {
        returned.Add(delivery);
    }

    public List<WebhookDelivery> TakeDue(DateTimeOffset now)
    {
        var due = waiting.Where(item => item.Due <= now).OrderBy(item => item.Due).ToList();
        waiting.RemoveAll(item => item.Due <= now);
        var retries = returned.Where(delivery => delivery.Due <= now).ToList();
        returned.RemoveAll(delivery => delivery.Due <= now);
        var fresh = due.GroupBy(item => item.To.Url)
            .SelectMany(group => group.Select(item => item.Event).Chunk(MostEvents).Select(chunk => Delivery(group.Key, chunk, now)))
            .SelectMany(delivery => Twice(delivery) ? new[] { delivery, delivery } : [delivery]);
        // What waited for long leaves in many batches: the newest first, where order is not kept.
        return [.. retries, .. switches().ShuffleWebhooks ? fresh.Reverse() : fresh];
    }

    private DateTimeOffset Due(PortalChange change, string type)
    {
        var key = $"event/{app.PortalId}/{type}/{change.Record.Id}/{change.Property}/{change.Context.At.UtcTicks}";
        return SandboxClock.Whole(change.Context.At + TimeSpan.FromSeconds(switches().WebhookDelaySeconds * KeyedRandom.Fraction(seed, key)));
    }

    private JsonObject Event(Subscription subscription, string type, JsonObject change)
    {
        var body = new JsonObject
        {
            ["eventId"] = ++lastEvent,
            ["subscriptionId"] = subscription.Id,
            ["portalId"] = app.PortalId,
            ["appId"] = app.AppId,
            ["occurredAt"] = change["occurredAt"]!.DeepClone(),
            ["subscriptionType"] = type,
            ["attemptNumber"] = 0,
        };
        foreach (var (name, value) in change.Where(pair => pair.Key != "occurredAt"))
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    private WebhookDelivery Delivery(Uri url, JsonObject[] events, DateTimeOffset now)
    {
        var key = $"{app.PortalId}/{events[0]["eventId"]}";
        if (switches().ShuffleWebhooks)
        {
            events = [.. events.OrderBy(item => KeyedRandom.Fraction(seed, $"order/{item["eventId"]}"))];
        }

        return new WebhookDelivery
        {
            Crm = crm,
            AccountId = app.PortalId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Url = url,
            Due = now,
            Note = $"{events.Length} events from {events[0]["eventId"]}",
            Events = [.. events.Select(item => item["eventId"]!.ToString())],
            Oldest = DateTimeOffset.FromUnixTimeMilliseconds(events.Min(item => item["occurredAt"]!.GetValue<long>())),
            Build = (attempt, at) => Request(url, events, attempt, at),
            RetryAfter = attempt => attempt < Retries.Length ? Retries[attempt] * (0.8 + (0.3 * KeyedRandom.Fraction(seed, $"retry/{key}/{attempt}"))) : null,
        };
    }

    private HttpRequestMessage Request(Uri url, JsonObject[] events, int attempt, DateTimeOffset at)
    {
        var body = Encoding.UTF8.GetBytes(new JsonArray([.. events.Select(item => (JsonNode)Attempt(item, attempt))]).ToJsonString(Json));
        var timestamp = at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "UTF-8" };
        request.Headers.Add("X-HubSpot-Signature", HubSpotSignature.V1(app.ClientSecret, body));
        request.Headers.Add("X-HubSpot-Signature-Version", "v1");
        request.Headers.Add("X-HubSpot-Signature-v3", HubSpotSignature.V3(app.ClientSecret, "POST", url.AbsoluteUri, body, timestamp));
        request.Headers.Add("X-HubSpot-Request-Timestamp", timestamp);
        request.Headers.UserAgent.ParseAdd("HubSpot-Webhooks/1.0");
        return request;
    }

    private static JsonObject Attempt(JsonObject item, int attempt)
    {
        var copy = item.DeepClone().AsObject();
        copy["attemptNumber"] = attempt;
        return copy;
    }

    private bool Twice(WebhookDelivery delivery) => KeyedRandom.Fraction(seed, "twice/" + delivery.Note) < switches().DuplicateWebhooks;
}
