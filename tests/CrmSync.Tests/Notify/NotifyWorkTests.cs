using System.Text.Json;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Notify;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace CrmSync.Tests.Notify;

/// <summary>The daily list of unanswered offers, as a webhook and as a letter.</summary>
public sealed class NotifyWorkTests : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();

    public NotifyWorkTests() => Answers(200);

    private WebhookChannel Channel => new(new($"{_server.Url}/hook/s3cret"));
    private List<JsonElement> Bodies => [.. _server.LogEntries.Select(e => JsonDocument.Parse(e.RequestMessage!.Body!).RootElement)];

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Tells_once_a_day_and_again_the_next()
    {
        await using var bench = await NotifyBench.WithBreachesAsync("1", "2");
        await bench.OfferAsync("in-time", NotifyBench.AtEight.AddHours(3));
        var work = bench.Work(Channel);

        await NotifyBench.RingAsync(work);
        await NotifyBench.RingAsync(work, NotifyBench.AtEight.AddMinutes(5));

        var body = Assert.Single(Bodies);
        Assert.StartsWith("2 leads are unanswered past the deadline (6 Jan 2026)\n- main/1: owner 42, answer was due Mon 5 Jan 12:00", body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["1", "2"], body.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("leadId").GetString()));
        await NotifyBench.RingAsync(work, NotifyBench.AtEight.AddDays(1));
        Assert.Equal(2, Bodies.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4 * 24 * 60)]
    public async Task Says_nothing_before_eight_and_on_a_day_off(int minutes)
    {
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        await NotifyBench.RingAsync(bench.Work(Channel), NotifyBench.AtEight.AddMinutes(minutes));
        Assert.Empty(Bodies);
    }

    [Fact]
    public async Task Says_nothing_when_nothing_is_late()
    {
        await using var bench = await NotifyBench.WithBreachesAsync();
        await NotifyBench.RingAsync(bench.Work(Channel));
        Assert.Empty(Bodies);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    public async Task What_fails_is_logged_without_its_address_and_tried_again(int status)
    {
        Answers(status);
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        var work = bench.Work(Channel);
        await NotifyBench.RingAsync(work);
        Assert.Contains($"answered {status}", Assert.Single(bench.Logs.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Logs.Warnings, w => w.Contains("s3cret", StringComparison.Ordinal));

        Answers(200);
        await NotifyBench.RingAsync(work, NotifyBench.AtEight.AddMinutes(5));
        await NotifyBench.RingAsync(work, NotifyBench.AtEight.AddMinutes(10));
        Assert.Equal(2, Bodies.Count);
    }

    [Fact]
    public async Task Names_are_told_only_when_asked_for()
    {
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        bench.Crm.Holds("1", "mql");
        var facts = new LeadFacts.Builder(FactCatalogue.BuiltIn).Set(WellKnownFacts.PersonName, FactValue.Of("Anna Holm")).Build();
        bench.Crm.Records["1"] = bench.Crm.Records["1"] with { Lead = bench.Crm.Records["1"].Lead! with { Facts = facts } };

        await NotifyBench.RingAsync(bench.Work(Channel));
        await NotifyBench.RingAsync(bench.Work(Channel, names: true), NotifyBench.AtEight.AddDays(1));

        Assert.DoesNotContain("Anna", _server.LogEntries[0].RequestMessage!.Body!, StringComparison.Ordinal);
        Assert.Contains("main/1 (Anna Holm)", Bodies[1].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_as_a_letter_too()
    {
        await using var sink = new MailSink();
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        await NotifyBench.RingAsync(bench.Work(Mail(sink)));
        var letter = Assert.Single(sink.Letters);
        Assert.Contains("Subject: 1 lead is unanswered past the deadline (6 Jan 2026)", letter, StringComparison.Ordinal);
        Assert.Contains("To: boss@example.com", letter, StringComparison.Ordinal);
        Assert.Contains("- main/1: owner 42", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_letter_is_logged_and_sent_later()
    {
        await using var sink = new MailSink { Refuses = true };
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        var work = bench.Work(Mail(sink));
        await NotifyBench.RingAsync(work);
        Assert.Contains("refused the letter", Assert.Single(bench.Logs.Warnings), StringComparison.Ordinal);

        sink.Refuses = false;
        await NotifyBench.RingAsync(work, NotifyBench.AtEight.AddMinutes(5));
        Assert.Single(sink.Letters);
    }

    private static MailChannel Mail(MailSink sink) => new(new("127.0.0.1", sink.Port, Worker.Configuration.SmtpTls.None, null, null, "crmsync@example.com", ["boss@example.com"]));

    private void Answers(int status)
    {
        _server.ResetMappings();
        _server.Given(Request.Create().WithPath("/hook/*").UsingPost()).RespondWith(Response.Create().WithStatusCode(status).WithHeader("Location", $"{_server.Url}/elsewhere"));
    }
}
