using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Tests.Sandbox.Pipedrive;

public sealed class HookTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_change_is_told_with_typed_values_and_only_what_was_different()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await CompanyBench.StartAsync();
        var id = bench.Lead("a");
        var hook = await SubscribeAsync(bench, receiver.Url, "change", "lead");
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        bench.Act("a", "set-stage", act => act with { Stage = "MarketingQualified" });

        await bench.DeliverAsync();

        var delivery = Assert.Single(receiver.Deliveries);
        var body = JsonNode.Parse(delivery.Body)!.AsObject();
        var code = await bench.CodeAsync("Lifecycle stage");
        Assert.Equal(["data", "previous", "meta"], body.Select(pair => pair.Key));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:secret")), delivery.Headers["Authorization"]);
        Assert.Equal(["enum", $"{await bench.OptionAsync("Lifecycle stage", "MQL")}"], [body["data"]!["custom_fields"]![code]!["type"]!.ToString(), body["data"]!["custom_fields"]![code]!["id"]!.ToString()]);
        Assert.Equal(["custom_fields", "update_time"], body["previous"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("2026-01-05T07:00:00.000Z", body["previous"]!["update_time"]!.GetValue<string>());
        var meta = body["meta"]!;
        Assert.Equal(("change", "lead", id, "app", $"{hook}"), (Text(meta, "action"), Text(meta, "entity"), Text(meta, "entity_id"), Text(meta, "change_source"), Text(meta, "webhook_id")));
        Assert.Equal((1, "900100", "2.0"), (meta["attempt"]!.GetValue<int>(), Text(meta, "company_id"), Text(meta, "version")));
    }

    [Fact]
    public async Task A_new_record_has_no_past_and_a_deleted_one_no_present()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await CompanyBench.StartAsync();
        await SubscribeAsync(bench, receiver.Url, "*", "lead");
        await SubscribeAsync(bench, receiver.Url, "*", "deal");
        bench.Lead("a");
        bench.Act("a", "convert");

        await bench.DeliverAsync();

        var told = receiver.Deliveries.Select(delivery => JsonNode.Parse(delivery.Body)!).OrderBy(body => Text(body["meta"]!, "entity") + Text(body["meta"]!, "action"), StringComparer.Ordinal)
            .Select(body => (Text(body["meta"]!, "entity"), Text(body["meta"]!, "action"), body["data"] is null, body["previous"] is null)).ToList();
        Assert.Equal([("deal", "create", false, true), ("lead", "create", false, true), ("lead", "delete", true, false)], told);
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_again_after_3_30_and_150_seconds_and_then_no_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await CompanyBench.StartAsync(new() { WebhookDelaySeconds = 0 });
        await SubscribeAsync(bench, receiver.Url, "create", "lead");
        receiver.Answer = 500;
        bench.Lead("a");
        var sent = new List<int>();
        foreach (var seconds in new[] { 0, 2, 1, 29, 1, 149, 1, 3600 })
        {
            sent.Add(await bench.DeliverAsync(TimeSpan.FromSeconds(seconds)));
        }

        Assert.Equal([1, 0, 1, 0, 1, 0, 1, 0], sent);
        Assert.Equal([1, 2, 3, 4], receiver.Deliveries.Select(delivery => JsonNode.Parse(delivery.Body)!["meta"]!["attempt"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Ten_first_attempts_that_fail_ban_the_webhook_and_lose_what_happens_meanwhile()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await CompanyBench.StartAsync(new() { WebhookDelaySeconds = 0 });
        await SubscribeAsync(bench, receiver.Url, "create", "lead");
        receiver.Answer = 500;
        Enumerable.Range(0, 10).ToList().ForEach(number => bench.Lead($"fails{number}"));
        await bench.DeliverAsync(TimeSpan.Zero);
        receiver.Answer = 200;

        var early = bench.Lead("early");
        await bench.DeliverAsync(TimeSpan.FromMinutes(29));
        var late = bench.Lead("late");
        await bench.DeliverAsync(TimeSpan.FromMinutes(1));
        var kept = bench.Lead("kept");
        await bench.DeliverAsync(TimeSpan.Zero);

        var told = receiver.Deliveries.Select(delivery => JsonNode.Parse(delivery.Body)!["meta"]!["entity_id"]!.GetValue<string>()).ToList();
        Assert.DoesNotContain(early, told);
        Assert.DoesNotContain(late, told);
        Assert.Contains(kept, told);
    }

    [Fact]
    public async Task Three_days_without_a_success_end_the_webhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await CompanyBench.StartAsync(new() { WebhookDelaySeconds = 0 });
        await SubscribeAsync(bench, receiver.Url, "create", "lead");
        receiver.Answer = 404;
        for (var day = 0; day <= 3; day++)
        {
            Assert.Single((await bench.GetAsync("/api/v1/webhooks")).Items);
            bench.Lead($"day{day}");
            await bench.DeliverAsync(TimeSpan.Zero);
            bench.Clock.Advance(Day);
        }

        Assert.Empty((await bench.GetAsync("/api/v1/webhooks")).Items);
    }

    [Fact]
    public async Task A_webhook_needs_a_name_a_known_event_and_somebody_who_listens()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var bench = await CompanyBench.StartAsync(new() { WebhookLimit = 1 });
        Task<CompanyBench.Reply> Post(string url, string? name, string entity) =>
            bench.PostAsync("/api/v1/webhooks", new { subscription_url = url, event_action = "*", event_object = entity, name });

        var nameless = await Post(receiver.Url.ToString(), null, "lead");
        var unknown = await Post(receiver.Url.ToString(), "x", "leads");
        var silent = await Post("http://127.0.0.1:9/x", "x", "lead");
        var vendors = await Post("https://api.pipedrive.com/x", "x", "lead");
        var good = await Post(receiver.Url.ToString(), "x", "lead");
        var tooMany = await Post(receiver.Url.ToString(), "x", "deal");

        Assert.Equal([400, 400, 400, 400, 201, 422], new[] { nameless, unknown, silent, vendors, good, tooMany }.Select(reply => reply.Status));
        Assert.Equal("invalid or non-reachable URL", silent.Body["errors"]!["subscription_url"]![0]!.GetValue<string>());
        Assert.Equal(("ok", 1), (Text(good.Body, "status"), good.Data["is_active"]!.GetValue<int>()));
        Assert.Equal(200, (await bench.DeleteAsync($"/api/v1/webhooks/{good.Data["id"]}")).Status);
        Assert.Equal(404, (await bench.DeleteAsync($"/api/v1/webhooks/{good.Data["id"]}")).Status);
    }

    private static async Task<long> SubscribeAsync(CompanyBench bench, Uri url, string action, string entity) => (await bench.PostAsync("/api/v1/webhooks", new
    {
        subscription_url = url.ToString(),
        event_action = action,
        event_object = entity,
        name = "CrmSync",
        version = "2.0",
        http_auth_user = "me",
        http_auth_password = "secret",
    })).Data["id"]!.GetValue<long>();

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
