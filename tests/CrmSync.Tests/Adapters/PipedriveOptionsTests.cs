using CrmSync.Adapters;

namespace CrmSync.Tests.Adapters;

/// <summary>Options of a Pipedrive connection: what is misspelt is said, and not left out.</summary>
public sealed class PipedriveOptionsTests
{
    [Theory]
    [InlineData("Fields", "crmsync_decison=abc", "'crmsync_decison=abc'")]
    [InlineData("Fields", "crmsync_decision=abc,crmsync_why", "'crmsync_why'")]
    [InlineData("Fields", "crmsync_decision=", "'crmsync_decision='")]
    [InlineData("Streams", "leads,deal", "'deal'")]
    [InlineData("Seats", "many", "whole number")]
    [InlineData("ReadsAtOnce", "four", "whole number")]
    [InlineData("WebhookUser", "Anna", "whole number")]
    public void A_word_that_means_nothing_is_told(string name, string value, string told)
    {
        var problem = Assert.Single(new PipedriveHarness().Provider.Validate(PipedriveHarness.With((name, value))));

        Assert.Equal($"Connections:main:Mapping:Options:{name}", problem.Setting);
        Assert.Contains(told, problem.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fields", "crmsync_decision=abc,CRMSYNC_WHY=def")]
    [InlineData("Streams", "leads,Deals")]
    [InlineData("Seats", "3")]
    public void What_is_right_is_let_through(string name, string value) =>
        Assert.Empty(new PipedriveHarness().Provider.Validate(PipedriveHarness.With((name, value))));

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task Where_no_webhooks_can_come_check_says_what_is_missed(bool hasAddress, bool hasSecret, bool isTold)
    {
        var connection = PipedriveHarness.Connection with
        {
            PublicUrl = hasAddress ? new("https://sync.example.com/webhooks/main") : null, WebhookSecrets = hasSecret ? [new("s1")] : [],
        };
        var adapter = new PipedriveHarness(new StubNetwork((request, _) => PipedriveHarness.Answer(request))).Adapter(connection);

        var problems = await adapter.CheckAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isTold, problems.Any(p => p.Code == "gap-untold"));
    }
}
