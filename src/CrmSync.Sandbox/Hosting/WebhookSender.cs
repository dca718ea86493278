using System.Net.Sockets;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.Hosting;

/// <summary>Sends what dialects have to tell, some requests at a time, and gives failures back for another try.</summary>
internal sealed class WebhookSender(World world, IReadOnlyList<ISandboxCrm> crms, int atOnce) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        // Each CRM has a patience of its own.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The next instant at which there may be something to send.</summary>
    public DateTimeOffset? NextDue => world.Take(_ => crms.Min(crm => crm.Webhooks.NextDue));

    /// <summary>Sends all that is due now and waits for the answers; returns how many requests went out.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var due = world.Take(now => crms.SelectMany(crm => crm.Webhooks.TakeDue(now)).ToList());
        foreach (var group in due.Chunk(atOnce))
        {
            var outcomes = await Task.WhenAll(group.Select(delivery => SendAsync(delivery, cancellationToken)));
            world.Take(now =>
            {
                foreach (var (delivery, outcome) in group.Zip(outcomes))
                {
                    Settle(delivery, outcome, now);
                }

                return 0;
            });
        }

        return due.Count;
    }

    public void Dispose() => client.Dispose();

    private async Task<DeliveryOutcome> SendAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(delivery.Patience);
        try
        {
            using var request = delivery.Build(delivery.Attempt, world.Clock.Now);
            using var answer = await client.SendAsync(request, patience.Token);
            return new DeliveryOutcome((int)answer.StatusCode, "answered");
        }
        catch (Exception lost) when (lost is HttpRequestException or SocketException)
        {
            return new DeliveryOutcome(null, "unreachable");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome(null, "timeout");
        }
    }

    private void Settle(WebhookDelivery delivery, DeliveryOutcome outcome, DateTimeOffset now)
    {
        world.Log.Append(new LogEntry
        {
            At = now,
            Crm = delivery.Crm,
            AccountId = delivery.AccountId,
            Kind = "webhook",
            Identity = $"attempt {delivery.Attempt}, {delivery.Note}",
            Method = "POST",
            Path = delivery.Url.AbsolutePath,
            Status = outcome.Status,
            Reply = outcome.Word,
            Events = delivery.Events,
            About = delivery.About,
            Oldest = delivery.Oldest,
        });
        delivery.Settled?.Invoke(delivery.Attempt, outcome.Status, now);
        if (outcome.Status is < 200 or > 299 or null && delivery.RetryAfter(delivery.Attempt) is { } wait)
        {
            crms.First(crm => crm.Name == delivery.Crm).Webhooks.Return(delivery with { Attempt = delivery.Attempt + 1, Due = SandboxClock.Whole(now + wait) });
        }
    }

    private sealed record DeliveryOutcome(int? Status, string Word);
}
