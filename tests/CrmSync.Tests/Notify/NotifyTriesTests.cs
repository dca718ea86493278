using System.Net;
using System.Text.Json;
using CrmSync.Worker.Notify;

namespace CrmSync.Tests.Notify;

/// <summary>How often one day's message is sent, and how a receiver knows that it is the same one.</summary>
public sealed class NotifyTriesTests : IDisposable
{
    private readonly Receiver _receiver = new();

    private WebhookChannel Channel => new(new("https://hooks.example/secret"), _receiver);

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task An_answer_that_never_came_is_a_try_and_there_are_no_more_than_asked_for()
    {
        _receiver.IsSilent = true;
        await using var bench = await NotifyBench.WithBreachesAsync("1");

        var tried = await RingAllDayAsync(bench.Work(Channel, tries: 4));

        Assert.Equal([0, 5, 15, 35], tried);
        Assert.Contains("did not answer in time", bench.Logs.Warnings.Last(), StringComparison.Ordinal);
        Assert.Contains("After 4 tries it is left at that for today", bench.Logs.Warnings.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_begins_nothing_anew()
    {
        _receiver.IsSilent = true;
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        for (var tries = 0; tries < 2; tries++)
        {
            await NotifyBench.RingAsync(bench.Work(Channel, tries: 3), NotifyBench.AtEight.AddMinutes(5 * tries));
            await bench.RestartAsync();
        }
        await NotifyBench.RingAsync(bench.Work(Channel, tries: 3), NotifyBench.AtEight.AddMinutes(10));
        Assert.Equal(2, _receiver.Ids.Count);

        await RingAllDayAsync(bench.Work(Channel, tries: 3));

        Assert.Equal(3, _receiver.Ids.Count);
        Assert.Single(_receiver.Ids.Distinct());
    }

    [Fact]
    public async Task A_worker_that_dies_while_it_sends_has_used_a_try()
    {
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        var work = bench.Work(new Dying(), tries: 1);
        await Assert.ThrowsAsync<OperationCanceledException>(() => NotifyBench.RingAsync(work));

        await RingAllDayAsync(bench.Work(Channel, tries: 1));

        Assert.Empty(_receiver.Ids);
    }

    [Fact]
    public async Task Each_day_has_an_id_of_its_own_in_the_header_and_in_the_body()
    {
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        await NotifyBench.RingAsync(bench.Work(Channel));
        await NotifyBench.RingAsync(bench.Work(Channel), NotifyBench.AtEight.AddDays(1));

        Assert.Equal(2, _receiver.Ids.Distinct().Count());
        Assert.EndsWith("-all-20260106", _receiver.Ids[0], StringComparison.Ordinal);
        Assert.Equal(_receiver.Ids, _receiver.Bodies.Select(b => b.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_letter_sent_again_has_the_same_message_id()
    {
        await using var sink = new MailSink { Refuses = true };
        await using var bench = await NotifyBench.WithBreachesAsync("1");
        var work = bench.Work(new MailChannel(
            new("127.0.0.1", sink.Port, Worker.Configuration.SmtpTls.None, null, null, "CrmSync <crmsync@example.com>", ["boss@example.com"])));
        await NotifyBench.RingAsync(work);
        sink.Refuses = false;
        await NotifyBench.RingAsync(work, NotifyBench.AtEight.AddMinutes(5));
        Assert.Matches("Message-Id: <[a-z0-9]{6}-all-20260106@example.com>", Assert.Single(sink.Letters));
    }

    /// <summary>Rings every five minutes until midnight; answers at which minutes something was sent.</summary>
    private async Task<List<int>> RingAllDayAsync(NotifyWork work)
    {
        var sent = new List<int>();
        for (var minute = 0; minute < 15 * 60; minute += 5)
        {
            var before = _receiver.Ids.Count;
            await NotifyBench.RingAsync(work, NotifyBench.AtEight.AddMinutes(minute));
            sent.AddRange(Enumerable.Repeat(minute, _receiver.Ids.Count - before));
        }
        return sent;
    }

    /// <summary>Takes what is posted, and answers or does not.</summary>
    private sealed class Receiver : HttpMessageHandler
    {
        public bool IsSilent { get; set; }
        public List<string> Ids { get; } = [];
        public List<JsonElement> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Ids.Add(request.Headers.GetValues("Idempotency-Key").Single());
            Bodies.Add(JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)).RootElement);
            // As the client's own time-out ends it.
            return IsSilent ? throw new TaskCanceledException("time-out", new TimeoutException()) : new(HttpStatusCode.OK);
        }
    }

    /// <summary>The process is told to stop while the message is on its way.</summary>
    private sealed class Dying : INotifyChannel
    {
        public string Name => "webhook";

        public Task SendAsync(BreachMessage message, CancellationToken cancellationToken) => throw new OperationCanceledException();
    }
}
