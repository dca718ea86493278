using System.Net;
using System.Text;
using CrmSync.Tests.Support;
using CrmSync.Worker.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The door to the world: real HTTP into the real host.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    /// <summary>The connection broke before an answer was heard.</summary>
    private const int Broken = 0;

    private readonly HttpClient _http = new();
    private Stage _stage = null!;
    private SignedWebhook _sign = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.StartAsync(new() { Live = false });
        _sign = new(_stage.WebhookAddress, _stage.Account.WebhookSecret, _stage.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stage.DisposeAsync();
    }

    [Fact]
    public async Task A_genuine_webhook_is_stored_before_it_is_answered()
    {
        Assert.Equal(200, await SendAsync(_sign.Request($"[{Event(1)},{Event(2, "502")}]")));

        Assert.Equal(2, Stored);
    }

    public static TheoryData<string> Forgeries => ["none", "empty", "wrong", "other secret", "other path", "other body", "reordered", "with spaces", "stale", "future", "v1", "hex", "twice", "get"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forgery_is_refused_with_a_small_constant_body_and_leaves_nothing(string how)
    {
        var body = $"[{Event(1)}]";
        using var request = Forge(how, body);

        using var response = await _http.SendAsync(request);

        Assert.Equal(how == "get" ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.InRange((await response.Content.ReadAsByteArrayAsync()).Length, 0, 200);
        Assert.Equal(0, Stored);
    }

    private HttpRequestMessage Forge(string how, string body)
    {
        var request = how switch
        {
            "other secret" => _sign.Request(body, otherSecret: "not the secret"),
            "other path" => _sign.Request(body, signedUri: new Uri(_stage.WebhookAddress, "/webhooks/other").ToString()),
            "other body" => _sign.Request(body, signedBody: $"[{Event(2)}]"),
            "reordered" => _sign.Request($"[{Event(2)},{Event(1)}]", signedBody: $"[{Event(1)},{Event(2)}]"),
            "with spaces" => _sign.Request($"[ {Event(1)} ]", signedBody: body),
            "stale" => _sign.Request(body, TimeSpan.FromMinutes(6)),
            "future" => _sign.Request(body, TimeSpan.FromMinutes(-6)),
            _ => _sign.Request(body),
        };
        if (how is not ("none" or "empty" or "wrong" or "v1" or "hex" or "twice" or "get"))
            return request;
        var signature = request.Headers.GetValues("X-HubSpot-Signature-v3").Single();
        request.Headers.Remove("X-HubSpot-Signature-v3");
        switch (how)
        {
            case "empty": request.Headers.Add("X-HubSpot-Signature-v3", ""); break;
            case "wrong": request.Headers.Add("X-HubSpot-Signature-v3", (signature[0] == 'A' ? 'B' : 'A') + signature[1..]); break;
            case "hex": request.Headers.Add("X-HubSpot-Signature-v3", Convert.ToHexStringLower(Convert.FromBase64String(signature))); break;
            case "twice": request.Headers.Add("X-HubSpot-Signature-v3", [signature, signature]); break;
            case "get": request.Headers.Add("X-HubSpot-Signature-v3", signature); request.Method = HttpMethod.Get; request.Content = null; break;
            case "v1":
                request.Headers.Add("X-HubSpot-Signature", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(_stage.Account.WebhookSecret + body))));
                request.Headers.Add("X-HubSpot-Signature-Version", "v1");
                break;
        }
        return request;
    }

    [Fact]
    public async Task A_replayed_webhook_is_answered_and_stored_once()
    {
        var body = $"[{Event(1)}]";

        Assert.Equal(200, await SendAsync(_sign.Request(body)));
        Assert.Equal(200, await SendAsync(_sign.Request(body)));
        Assert.Equal(200, await SendAsync(_sign.Request(body, TimeSpan.FromMinutes(1))));

        Assert.Equal(1, Stored);
    }

    [Fact]
    public async Task A_thousand_duplicates_at_once_are_one_entry()
    {
        var body = $"[{Event(1)}]";
        var answers = new System.Collections.Concurrent.ConcurrentBag<int>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, _) => answers.Add(await SendAsync(_sign.Request(body))));

        Assert.Equal(1_000, answers.Count(a => a == 200));
        Assert.Equal(1, Stored);
    }

    [Fact]
    public async Task An_oversized_body_is_refused_with_and_without_a_length()
    {
        var body = $"[{string.Join(',', Enumerable.Repeat(Event(1), 20_000))}]";
        Assert.True(body.Length > 4_000_000);

        foreach (var chunked in new[] { false, true })
        {
            using var request = _sign.Request(body);
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = !chunked;
            // The door closes while a sender that does not ask first is still talking: it may not hear the answer.
            Assert.Contains(await SendAsync(request), chunked ? new[] { 413, Broken } : [413]);
        }

        Assert.Equal(0, Stored);
    }

    [Fact]
    public async Task A_deeply_nested_body_is_no_server_error()
    {
        var depth = 100_000;
        var status = await SendAsync(_sign.Request(new string('[', depth) + new string(']', depth)));
        Assert.InRange(status, 200, 499);

        status = await SendAsync(_sign.Request($$"""[{"eventId":1,"x":{{new string('[', depth)}}{{new string(']', depth)}}}]"""));
        Assert.InRange(status, 200, 499);

        Assert.Equal(0, Stored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("null")]
    public async Task A_genuine_body_that_is_no_list_of_events_is_refused(string body)
    {
        Assert.Equal(400, await SendAsync(_sign.Request(body)));
        Assert.Equal(0, Stored);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("""{"eventId":"\ud800","subscriptionType":"contact.creation","objectId":1e400}""")]
    [InlineData("""{"eventId":5,"eventId":6,"objectId":501,"objectId":502,"subscriptionType":"contact.creation"}""")]
    [InlineData("""{"eventId":5,"objectId":"1; DROP TABLE inbox","subscriptionType":"contact.creation"}""")]
    [InlineData("""{"eventId":5,"objectId":99999999999999999999999999,"subscriptionType":"contact.creation"}""")]
    public async Task One_bad_event_in_a_hundred_costs_itself_alone(string bad)
    {
        var events = Enumerable.Range(1, 100).Select(i => i == 50 ? bad : Event(i, $"{600 + i}"));

        Assert.Equal(200, await SendAsync(_sign.Request($"[{string.Join(',', events)}]")));

        Assert.Equal(99, Stored);
        Assert.Equal(1, _stage.Services.GetRequiredService<WebhookCounts>().BadCount);
    }

    [Fact]
    public async Task Events_of_another_account_or_kind_are_counted_and_ignored()
    {
        var other = SignedWebhook.Event(1, "501", "999");
        var unknown = SignedWebhook.Event(2, "501", _stage.Account.AccountId, "conversation.creation");

        Assert.Equal(200, await SendAsync(_sign.Request($"[{other},{unknown}]")));

        Assert.Equal(0, Stored);
        Assert.Equal(2, _stage.Services.GetRequiredService<WebhookCounts>().IgnoredCount);
    }

    [Theory]
    [InlineData("/webhooks/other")]
    [InlineData("/webhooks/")]
    [InlineData("/webhooks/main/")]
    [InlineData("/webhooks/MAIN")]
    [InlineData("/")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    [InlineData("/webhooks/../health/ready")]
    public async Task Other_paths_do_not_exist_on_the_webhook_port(string path)
    {
        using var request = _sign.Request($"[{Event(1)}]");
        request.RequestUri = new Uri(_stage.WebhookAddress, path);

        Assert.Equal(404, await SendAsync(request));
        Assert.Equal(0, Stored);
    }

    [Fact]
    public async Task The_admin_port_has_health_and_no_webhooks()
    {
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri(_stage.AdminAddress, "/health/live"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri(_stage.AdminAddress, "/health/ready"))).StatusCode);
        using var request = _sign.Request($"[{Event(1)}]");
        request.RequestUri = new Uri(_stage.AdminAddress, "/webhooks/main");

        Assert.Equal(404, await SendAsync(request));
        Assert.Equal(0, Stored);
    }

    [Fact]
    public async Task A_store_that_is_away_makes_the_sender_come_again()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });
        var sign = new SignedWebhook(stage.WebhookAddress, stage.Account.WebhookSecret, stage.Clock);
        await stage.Store.DisposeAsync();

        using var request = sign.Request($"[{Event(1)}]");
        using var response = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("30", response.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task A_webhook_brings_an_answer_before_any_poll_does()
    {
        await using var stage = await Stage.StartAsync(new() { Webhooks = true }, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Sandbox.Control.SetSwitch("hubspot", "searchLagSeconds", 3_600);

        stage.Act("anna", "accept");
        await stage.RunForAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(0, stage.Services.GetRequiredService<WebhookCounts>().RefusedCount);
        await stage.InvariantsHoldAsync();
    }

    private string Event(long id, string objectId = "501") => SignedWebhook.Event(id, objectId, _stage.Account.AccountId);

    private long Stored => _stage.File.Number("SELECT count(*) FROM inbox");

    private async Task<int> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request);
                return (int)response.StatusCode;
            }
            catch (HttpRequestException)
            {
                return Broken;
            }
        }
    }
}
