using CrmSync.Adapters;

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
}
