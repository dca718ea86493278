using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;

namespace CrmSync.Tests.Adapters;

/// <summary>Webhooks that somebody doubled, by hand or by setting up twice at once.</summary>
public sealed class PipedriveDoubledWebhookTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_that_are_alike_one_is_left_and_a_strangers_stays()
    {
        using var receiver = new TcpListener(IPAddress.Loopback, 0);
        receiver.Start();
        var url = new Uri($"http://{receiver.LocalEndpoint}/webhooks/main");
        await using var stage = await CrmStage.StartAsync(new PipedriveAdapterTests().Dialect(), new());
        var adapter = stage.Connect(c => c with { PublicUrl = url, WebhookSecrets = [new("s1")] });
        await stage.PumpAsync(adapter.SetupAsync(false, Stop));
        var secret = new PipedriveSecret("main", new("s1"));
        await PostAsync(stage, $"{url}/{secret.Path}", "lead", secret);
        await PostAsync(stage, $"http://{receiver.LocalEndpoint}/of/another/app", "lead", secret);
        await PostAsync(stage, $"{url}-eu/of/our/other/installation", "lead", secret, "CrmSync main");

        var mended = await stage.PumpAsync(adapter.MendWebhooksAsync(Stop));

        Assert.StartsWith("lead ", Assert.Single(mended, s => s.Outcome == SetupOutcome.Created).Name, StringComparison.Ordinal);
        var left = await GetAsync(stage);
        Assert.Equal(7, left.Count);
        Assert.Single(left, l => l.EndsWith("/of/another/app lead", StringComparison.Ordinal));
        Assert.Single(left, l => l.Contains("/main-eu/", StringComparison.Ordinal));
        Assert.Single(left, l => l == $"{url}/{secret.Path} lead");
    }

    private static async Task PostAsync(CrmStage stage, string url, string kind, PipedriveSecret secret, string name = "CrmSync")
    {
        using var http = Client(stage);
        using var answer = await http.PostAsJsonAsync(
            "api/v1/webhooks", new { subscription_url = url, event_action = "*", event_object = kind, name, version = "2.0", http_auth_user = PipedriveSecret.User, http_auth_password = secret.Password }, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task<List<string>> GetAsync(CrmStage stage)
    {
        using var http = Client(stage);
        var list = await http.GetFromJsonAsync<System.Text.Json.JsonElement>("api/v1/webhooks", Stop);
        return [.. list.GetProperty("data").EnumerateArray().Select(w => $"{w.GetProperty("subscription_url")} {w.GetProperty("event_object")}")];
    }

    private static HttpClient Client(CrmStage stage)
    {
        var http = new HttpClient { BaseAddress = new(stage.Card.BaseUrl.TrimEnd('/') + "/") };
        http.DefaultRequestHeaders.Add("x-api-token", stage.Card.Token);
        return http;
    }
}
