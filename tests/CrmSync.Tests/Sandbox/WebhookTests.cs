using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Webhooks;

namespace CrmSync.Tests.Sandbox;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_change_is_sent_signed_and_with_the_documented_fields()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await SandboxBench.StartAsync();
        var id = bench.Lead("a");
        Subscribe(bench, receiver, "contact.propertyChange:lifecyclestage");
        bench.Act("a", "set-stage", act => act with { Stage = "MarketingQualified" });

        await DeliverAsync(bench);

        var delivery = Assert.Single(receiver.Deliveries);
        var timestamp = delivery.Headers["X-HubSpot-Request-Timestamp"];
        Assert.Equal(HubSpotSignature.V3(bench.Account.WebhookSecret, "POST", receiver.Url.AbsoluteUri, delivery.Body, timestamp), delivery.Headers["X-HubSpot-Signature-v3"]);
        Assert.Equal(HubSpotSignature.V1(bench.Account.WebhookSecret, delivery.Body), delivery.Headers["X-HubSpot-Signature"]);
        var sent = Assert.Single(receiver.Events);
        Assert.Equal("contact.propertyChange", sent["subscriptionType"]!.GetValue<string>());
        Assert.Equal((long.Parse(id, null), SandboxBench.Start.ToUnixTimeMilliseconds()), (sent["objectId"]!.GetValue<long>(), sent["occurredAt"]!.GetValue<long>()));
        Assert.Equal(("lifecyclestage", "marketingqualifiedlead"), (sent["propertyName"]!.GetValue<string>(), sent["propertyValue"]!.GetValue<string>()));
        Assert.Equal(("CRM_UI", 0), (sent["changeSource"]!.GetValue<string>(), sent["attemptNumber"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Calculated_properties_and_modified_dates_are_not_sent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await SandboxBench.StartAsync();
        bench.Lead("a");
        Subscribe(bench, receiver, "contact.propertyChange:*");

        bench.Act("a", "submit-form", act => act with { Fields = new Dictionary<string, string?> { ["kind"] = "handRaise" } });
        bench.Act("a", "edit", act => act with { Fields = new Dictionary<string, string?> { ["jobtitle"] = "CFO" } });
        await DeliverAsync(bench);

        Assert.Equal("jobtitle", Assert.Single(receiver.Events)["propertyName"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_batch_holds_at_most_a_hundred_events()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await SandboxBench.StartAsync();
        Subscribe(bench, receiver, "contact.creation");
        bench.Host.Control.AddLeads(new LeadsRequest { Leads = [.. Enumerable.Range(0, 150).Select(number => new LeadSpec { Key = "k" + number, Name = "N" })] });

        await DeliverAsync(bench);

        Assert.Equal([100, 50], receiver.Deliveries.Select(delivery => System.Text.Json.Nodes.JsonNode.Parse(delivery.Body)!.AsArray().Count).OrderDescending());
    }

    [Fact]
    public async Task Batches_that_leave_at_once_come_newest_first_where_order_is_not_kept()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await SandboxBench.StartAsync(new() { ShuffleWebhooks = true });
        Subscribe(bench, receiver, "contact.creation");
        bench.Host.Control.AddLeads(new LeadsRequest { Leads = [.. Enumerable.Range(0, 150).Select(number => new LeadSpec { Key = "k" + number, Name = "N" })] });

        await DeliverAsync(bench);

        Assert.Equal([50, 100], bench.Host.Control.Log().Where(entry => entry.Kind == "webhook").Select(entry => entry.Events.Count));
    }

    [Fact]
    public async Task A_failed_delivery_comes_again_ten_times_in_a_day_each_freshly_signed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await SandboxBench.StartAsync();
        Subscribe(bench, receiver, "contact.creation");
        bench.Lead("a");
        receiver.Answer = 401;

        while (bench.Host.NextWebhookDue is { } due)
        {
            bench.Clock.SetUtcNow(due);
            await bench.Host.DeliverDueWebhooksAsync(SandboxBench.Stop);
        }

        Assert.Equal(Enumerable.Range(0, 11), receiver.Events.Select(item => item["attemptNumber"]!.GetValue<int>()));
        Assert.Equal(11, receiver.Deliveries.Select(delivery => delivery.Headers["X-HubSpot-Request-Timestamp"]).Distinct().Count());
        Assert.InRange(bench.Clock.GetUtcNow() - SandboxBench.Start, TimeSpan.FromHours(12), TimeSpan.FromHours(24));
        Assert.Equal(11, bench.Host.Control.Log().Count(entry => entry is { Kind: "webhook", Status: 401 }));
    }

    [Fact]
    public async Task Merge_and_privacy_deletion_are_told_in_their_own_events()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await SandboxBench.StartAsync();
        var (winner, loser) = (bench.Lead("a"), bench.Lead("b"));
        Subscribe(bench, receiver, "contact.merge", "contact.privacyDeletion", "contact.deletion");
        bench.Act("b", "merge", act => act with { Into = "a" });
        bench.Act("a", "delete");

        await DeliverAsync(bench);

        var merge = receiver.Events.Single(item => item["subscriptionType"]!.GetValue<string>() == "contact.merge");
        Assert.Equal((long.Parse(winner, null), long.Parse(loser, null)), (merge["primaryObjectId"]!.GetValue<long>(), merge["mergedObjectIds"]![0]!.GetValue<long>()));
        Assert.Equal(["contact.deletion", "contact.privacyDeletion"], receiver.Events.Select(item => item["subscriptionType"]!.GetValue<string>()).Where(type => type != "contact.merge").Order());
    }

    [Fact]
    public async Task An_unknown_event_cannot_be_subscribed_to()
    {
        await using var bench = await SandboxBench.StartAsync();

        Assert.Throws<SandboxRequestException>(() => bench.Host.Control.Subscribe(
            new SubscriptionRequest { Crm = "hubspot", Url = new Uri("http://127.0.0.1:9"), Events = ["contact.formSubmission"] }));
    }

    private static void Subscribe(SandboxBench bench, WebhookReceiver receiver, params string[] events) =>
        bench.Host.Control.Subscribe(new SubscriptionRequest { Crm = "hubspot", Url = receiver.Url, Events = events });

    private static async Task DeliverAsync(SandboxBench bench)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Host.DeliverDueWebhooksAsync(SandboxBench.Stop);
    }
}
