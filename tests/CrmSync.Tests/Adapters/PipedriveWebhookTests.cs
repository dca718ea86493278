using System.Text;
using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;

namespace CrmSync.Tests.Adapters;

/// <summary>Which calls are believed, and what they say.</summary>
public sealed class PipedriveWebhookTests
{
    private static readonly PipedriveSecret Known = new("main", new("s1"));
    private readonly ICrmWebhook _webhook = new PipedriveHarness().Provider.CreateWebhook(PipedriveHarness.Connection)!;

    [Fact]
    public void Hints_at_the_lead_that_an_event_names()
    {
        var reading = Read(Event("lead", PipedriveHarness.Lead));

        Assert.Equal(new WebhookHint("leads", PipedriveHarness.Lead, "event:4711:e1"), Assert.Single(reading.Hints));
    }

    [Fact]
    public void A_change_of_a_lead_is_the_delivery_that_a_poll_finds()
    {
        var hint = Assert.Single(Read(Event("lead", PipedriveHarness.Lead, data: "{\"update_time\":\"2026-01-05T07:00:00.004Z\"}")).Hints);
        Assert.Equal($"leads:{PipedriveHarness.Lead}@2026-01-05T07:00:00.004Z", hint.Delivery);
    }

    [Theory]
    [InlineData("deal", "12", "deals")]
    [InlineData("person", "12", "persons")]
    [InlineData("organization", "12", "organizations")]
    [InlineData("activity", "12", "activities")]
    public void Hints_at_records_of_each_kind(string entity, string id, string stream) =>
        Assert.Equal((stream, id), Assert.Single(Read(Event(entity, id)).Hints) is var hint ? (hint.Stream, hint.RecordId) : default);

    [Fact]
    public void An_activity_names_its_lead_itself_and_one_that_moved_both()
    {
        var hints = Read(Event("activity", "12", data: $$"""{"lead_id":"{{PipedriveHarness.Lead}}"}""", previous: $$"""{"lead_id":"{{PipedriveHarness.Other}}"}""")).Hints;
        Assert.Equal([("leads", PipedriveHarness.Lead), ("leads", PipedriveHarness.Other)], hints.Select(h => (h.Stream, h.RecordId)));
        Assert.Equal(2, hints.Select(h => h.Delivery).Distinct().Count());
    }

    [Fact]
    public void An_activity_whose_second_is_over_goes_under_the_name_that_a_poll_finds() =>
        Assert.Equal([PipedriveHarness.Lead, PipedriveHarness.Lead], Read(Event("activity", "12", data: $$"""{"lead_id":"{{PipedriveHarness.Lead}}","update_time":"2020-01-05T07:00:00Z"}""")).Hints
            .Where(h => h.Stream == "leads" && (h.Delivery == "activities:12@2020-01-05T07:00:00Z" || h.Delivery.StartsWith("event:", StringComparison.Ordinal))).Select(h => h.RecordId));

    [Theory]
    [InlineData("2026-01-05T07:00:00Z", "2026-01-05T07:00:00.999Z", 1.9, 0, false)] // the second is not over by any clock
    [InlineData("2026-01-05T07:00:00Z", "2026-01-05T07:00:01.000Z", 0, 0, true)] // by its own
    [InlineData("2026-01-05T07:00:00Z", "1767596401", 0, 0, true)]
    [InlineData("2026-01-05T07:00:00Z", "", 2, 0, true)] // by ours, with what the dates of answers cannot tell
    [InlineData("2026-01-05T07:00:00Z", "2026-01-05T07:00:00.101Z", 59.9, 59, false)] // ours is ahead by almost as much
    [InlineData("2026-01-05T07:00:00Z", "2026-01-05T07:00:00.101Z", 60, 59, true)]
    [InlineData("2026-01-05T07:00:00Z", "99999999999999999", 0, 0, false)]
    public async Task A_second_is_over_by_the_clock_that_gave_it(string stamp, string madeAt, double later, int behind, bool isOver)
    {
        HttpResponseMessage Dated(HttpRequestMessage request)
        {
            var answer = PipedriveHarness.Answer(request);
            answer.Headers.Date = PipedriveHarness.Start.AddSeconds(-behind);
            return answer;
        }
        var harness = new PipedriveHarness(new StubNetwork((request, _) => Dated(request)));
        var webhook = harness.Provider.CreateWebhook(PipedriveHarness.Connection);
        await harness.Adapter().UsersAsync(TestContext.Current.CancellationToken);

        var hints = Read(Event("person", "12", data: $$"""{"update_time":"{{stamp}}"}""").Replace("2026-01-05T07:00:00.101Z", madeAt, StringComparison.Ordinal), on: webhook, later: later).Hints;

        Assert.Equal(isOver, hints.Any(h => h.Delivery == $"persons:12@{stamp}"));
    }

    [Fact]
    public async Task What_an_event_named_is_kept_until_it_was_followed()
    {
        var network = new StubNetwork((request, _) => request.RequestUri!.AbsolutePath.EndsWith("/deals", StringComparison.Ordinal)
            ? new(System.Net.HttpStatusCode.BadGateway) : PipedriveHarness.Answer(request));
        var harness = new PipedriveHarness(network);
        Read(Event("activity", "12", data: """{"deal_id":"77"}"""), on: harness.Provider.CreateWebhook(PipedriveHarness.Connection));
        var adapter = harness.Adapter();

        for (var attempt = 0; attempt < 2; attempt++)
            await Assert.ThrowsAnyAsync<CrmException>(() => adapter.LeadsOfAsync("activities", ["12"], TestContext.Current.CancellationToken));

        Assert.DoesNotContain(network.Calls, call => call.Path.Contains("/activities", StringComparison.Ordinal));
    }

    [Fact]
    public void A_task_that_we_have_just_made_is_no_news()
    {
        var reading = Read(Event("activity", "12", data: $$"""{"lead_id":"{{PipedriveHarness.Lead}}","note":"x<br>[task/k/1]"}""", action: "create"));
        Assert.Equal((0, 1), (reading.Hints.Count, reading.Ignored));
    }

    [Theory]
    [InlineData("user", "12", 1, 0)]
    [InlineData("note", "12", 1, 0)]
    [InlineData("lead", "not-an-id", 0, 1)]
    [InlineData("deal", "1/../2", 0, 1)]
    public void Counts_what_it_does_not_know(string entity, string id, int ignored, int bad)
    {
        var reading = Read(Event(entity, id));
        Assert.Equal((0, ignored, bad), (reading.Hints.Count, reading.Ignored, reading.Bad));
    }

    [Fact]
    public void An_event_of_another_company_is_no_hint() =>
        Assert.Empty(Read(Event("lead", PipedriveHarness.Lead).Replace(PipedriveHarness.Company, "666", StringComparison.Ordinal)).Hints);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"meta\":7}")]
    [InlineData("{\"meta\":{},\"meta\":{}}")]
    [InlineData("{\"meta\":{\"entity\":\"\\ud800\"")]
    [InlineData("nonsense")]
    public void Never_throws(string body) => Assert.NotEqual(WebhookVerdict.Unauthentic, Read(body).Verdict);

    [Fact]
    public void Believes_nobody_without_password_and_path()
    {
        var body = Event("lead", PipedriveHarness.Lead);
        var wrong = new PipedriveSecret("main", new("s2"));
        Assert.Equal(WebhookVerdict.Unauthentic, Read(body, authorization: null).Verdict);
        Assert.Equal(WebhookVerdict.Unauthentic, Read(body, authorization: wrong.Authorization).Verdict);
        Assert.Equal(WebhookVerdict.Unauthentic, Read(body, path: "").Verdict);
        Assert.Equal(WebhookVerdict.Unauthentic, Read(body, path: "/" + wrong.Path).Verdict);
        Assert.Equal(WebhookVerdict.Unauthentic, Read(body, authorization: Known.Authorization + "=").Verdict);
    }

    [Fact]
    public void A_former_secret_counts_until_it_is_taken_away()
    {
        var rotated = new PipedriveHarness().Provider.CreateWebhook(PipedriveHarness.Connection with { WebhookSecrets = [new("s2"), new("s1")] })!;
        Assert.Equal(WebhookVerdict.Authentic, Read(Event("lead", PipedriveHarness.Lead), on: rotated).Verdict);
    }

    [Fact]
    public void The_secret_itself_is_never_shown() =>
        Assert.DoesNotContain("s1", new PipedriveSecret("main", new("s1-of-the-connection")) is var s ? s.Password + s.Path : "");

    private WebhookReading Read(string body, string? authorization = "known", string? path = null, ICrmWebhook? on = null, double later = 0)
    {
        var headers = authorization is null ? [] : new Dictionary<string, string> { ["authorization"] = authorization == "known" ? Known.Authorization : authorization };
        var url = new Uri($"https://crmsync.example/webhooks/main{path ?? "/" + Known.Path}");
        return (on ?? _webhook).Read(new("POST", url, headers, Encoding.UTF8.GetBytes(body)), PipedriveHarness.Start.AddSeconds(later));
    }

    private static string Event(string entity, string id, string data = "null", string action = "change", string previous = "null") =>
        $$$"""{"data":{{{data}}},"previous":{{{previous}}},"meta":{"action":"{{{action}}}","company_id":"{{{PipedriveHarness.Company}}}","entity_id":"{{{id}}}","entity":"{{{entity}}}","id":"e1","webhook_id":"4711","change_source":"api","timestamp":"2026-01-05T07:00:00.101Z"}}""";
}
