using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Webhooks;

/// <summary>What one company has to tell: one request for each change and webhook, a moment after it.</summary>
internal sealed class WebhookFeed(string crm, PipedriveCompany company, SubscriptionBook book)
{
    private static readonly TimeSpan[] Retries = [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(150)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<WebhookDelivery, (long Due, long Order)> waiting = new();
    private readonly string accountId = company.Id.ToString(CultureInfo.InvariantCulture);
    private long order;

    public DateTimeOffset? NextDue => waiting.TryPeek(out var next, out _) ? next.Due : null;

    /// <summary>Puts a change in the queue of those who want to hear of it, unless they are banned.</summary>
    public void Add(ItemChange change)
    {
        var at = change.Context.At;
        foreach (var to in book.All.Where(one => one.Version == "2.0" && one.Wants(change.Action, change.Kind.Name) && !one.IsBanned(at)))
        {
            var id = KeyedRandom.Uuid(company.Seed, $"event/{company.Id}/{++order}").ToString();
            if (KeyedRandom.Fraction(company.Seed, "lost/" + id) < company.Switches.LostWebhooks)
            {
                continue;
            }

            var due = SandboxClock.Whole(at + TimeSpan.FromSeconds(company.Switches.WebhookDelaySeconds * KeyedRandom.Fraction(company.Seed, "delay/" + id)));
            var delivery = Delivery(to, change, id, due);
            Return(delivery);
            if (KeyedRandom.Fraction(company.Seed, "twice/" + id) < company.Switches.DuplicateWebhooks)
            {
                Return(delivery);
            }
        }
    }

    public void Return(WebhookDelivery delivery) => waiting.Enqueue(delivery, (delivery.Due.UtcTicks, order++));

    public List<WebhookDelivery> TakeDue(DateTimeOffset now)
    {
        List<WebhookDelivery> due = [];
        while (waiting.TryPeek(out var next, out _) && next.Due <= now)
        {
            due.Add(waiting.Dequeue());
        }

        return due;
    }

    private WebhookDelivery Delivery(WebhookSubscription to, ItemChange change, string id, DateTimeOffset due)
    {
        var body = EventJson.Of(company, change, to, id, due);
        return new WebhookDelivery
        {
            Crm = crm,
            AccountId = accountId,
            Url = to.Url,
            Due = due,
            Note = $"{change.Action}.{change.Kind.Name} to {to.Id}",
            Events = [id],
            About = new ToldChange(change.Kind.Plural, change.Item.Id, change.Action, change.AfterTime, change.Context.Actor.LogName),
            Oldest = change.Context.At,
            Build = (attempt, _) => Request(to, body, attempt),
            RetryAfter = attempt => attempt < Retries.Length && book.Find(to.Id) is not null ? Retries[attempt] : null,
            Patience = Patience,
            Settled = (attempt, status, at) =>
            {
                if (to.Settle(attempt, status, at, company.Switches.SuccessResetsBan))
                {
                    book.Remove(to);
                }
            },
        };
    }

    private static HttpRequestMessage Request(WebhookSubscription to, JsonObject body, int attempt)
    {
        var copy = body.DeepClone().AsObject();
        copy["meta"]!["attempt"] = attempt + 1;
        var request = new HttpRequestMessage(HttpMethod.Post, to.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(copy.ToJsonString(EventWire.Options))) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("Pipedrive-Webhooks");
        if (to.User is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{to.User}:{to.Password}")));
        }

        return request;
    }
}
