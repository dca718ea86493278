using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;

namespace CrmSync.Tests.Adapters;

/// <summary>An address that Pipedrive cannot call.</summary>
public sealed class PipedriveWebhookAddressTests
{
    private const string Hidden = "https://crmsync.example/webhooks/main/secret";

    [Theory]
    [InlineData("subscription_url", "PublicUrl")]
    [InlineData("event_object", "event_object")]
    public async Task What_is_wrong_with_a_webhook_is_said_and_no_value(string name, string told)
    {
        using var network = new StubNetwork((request, _) => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/webhooks", StringComparison.Ordinal)
            ? StubNetwork.Json($$$"""{"status":"error","success":false,"errors":{"{{{name}}}":["invalid or non-reachable URL {{{Hidden}}}"]}}""", 400)
            : PipedriveHarness.Answer(request));
        var adapter = new PipedriveHarness(network).Adapter(PipedriveHarness.Connection with { PublicUrl = new("https://crmsync.example/webhooks/main") });

        var step = Assert.Single(await adapter.MendWebhooksAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SetupOutcome.Manual, step.Outcome);
        Assert.Contains(told, step.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, step.Detail, StringComparison.Ordinal);
    }

    /// <summary>Whose rights filter the events was changed in the settings.</summary>
    [Theory]
    [InlineData(null, "\"user_id\":7,", false)]
    [InlineData("7", "\"user_id\":7,", false)]
    [InlineData("9", "\"user_id\":7,", true)]
    [InlineData("9", "", false)]
    public async Task Webhooks_of_another_user_than_the_settings_name_are_made_anew(string? user, string told, bool areMade)
    {
        var (url, connection) = (new Uri("https://crmsync.example/webhooks/main"), user is null ? PipedriveHarness.Connection : PipedriveHarness.With(("WebhookUser", user)));
        var address = $"{url}/{new PipedriveSecret("main", new("s1")).Path}";
        string[] objects = ["lead", "deal", "person", "organization", "activity"];
        var rows = objects.Select((o, i) => $$"""{"id":{{i + 1}},{{told}}"event_action":"*","event_object":"{{o}}","subscription_url":"{{address}}","version":"2.0","is_active":1}""");
        using var network = new StubNetwork((request, _) => request.RequestUri!.AbsolutePath != "/api/v1/webhooks" ? PipedriveHarness.Answer(request)
            : StubNetwork.Json(request.Method == HttpMethod.Get ? $$"""{"success":true,"data":[{{string.Join(",", rows)}}]}""" : """{"success":true,"data":{"id":50}}"""));
        var adapter = new PipedriveHarness(network).Adapter(connection with { PublicUrl = url });

        await adapter.MendWebhooksAsync(TestContext.Current.CancellationToken);

        Assert.Equal(areMade ? (5, 5) : (0, 0), (network.Calls.Count(c => c is { Method: "POST", Path: "/api/v1/webhooks" }), network.Calls.Count(c => c.Method == "DELETE")));
        Assert.All(network.Calls.Where(c => c is { Method: "POST", Path: "/api/v1/webhooks" }), c => Assert.Contains($"\"user_id\":{user}", c.Body, StringComparison.Ordinal));
    }
}
