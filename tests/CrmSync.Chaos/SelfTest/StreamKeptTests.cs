using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.SelfTest;

/// <summary>What may be missing of a stream: what was told and not stored when the place in it was lost.</summary>
public sealed class StreamKeptTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_waited_for_a_day_when_the_place_was_lost_may_be_missing() =>
        Assert.Empty(Missing([Told(1, "t1/1"), Told(2, "t2/1"), Lost(1500)]));

    [Fact]
    public void What_the_place_had_gone_by_when_it_was_lost_may_not() =>
        Assert.Equal(["t1/1"], Missing([Told(1, "t1/1"), Told(2, "t2/1"), Lost(3)], "t2/1"));

    [Fact]
    public void What_comes_before_it_in_the_stream_and_is_told_again_is_not_gone_by() =>
        Assert.Empty(Missing([Told(1, "t1/1"), Told(2, "t2/1"), Told(3, "t1/1"), Told(4, "t2/1"), Lost(5)], "t1/1"));

    [Fact]
    public void Another_streams_place_excuses_nothing() =>
        Assert.Equal(["t1/1"], Missing([Told(1, "t1/1"), Lost(2) with { Path = "/data/OtherEvent" }]));

    [Fact]
    public void What_was_told_after_the_loss_may_not_be_missing() =>
        Assert.Equal(["t1/1"], Missing([Lost(1), Told(2, "t2/1"), Told(3, "t1/1")], "t2/1"));

    [Fact]
    public void What_was_told_after_the_loss_and_before_a_place_was_kept_again_may_be_missing() =>
        Assert.Empty(Missing([Lost(1), Told(2, "t1/1"), Told(3, "t2/1")], "t2/1"));

    /// <summary>The events that the checker misses, where these of them are in the inbox.</summary>
    private static string[] Missing(LogLine[] log, params string[] stored)
    {
        // What was stored first of all is where the worker goes on from.
        LogLine[] all = [Told(0, "t0/1"), .. log];
        var history = new RunHistory
        {
            Facts = new()
            {
                Connection = "main", OurIdentity = "token", StageOrder = [], StageValues = new Dictionary<string, string>(), AllowedHosts = new HashSet<string>(),
                LiveAt = T0.AddHours(-1), LeadStream = "leads",
            },
            Log = all,
            Leads = [],
            Store = new() { Inbox = [.. stored.Append("t0/1").Select((name, i) => new InboxRow(i, $"event:{name}:7", "7", "2026-01-05T08:00:00.000Z", null))] },
        };
        return [.. HistoryChecker.All.Single(i => i.Id == "stream-kept").Check(history).Select(v => v.ToString().Split(' ').First(word => word.Contains('/')))];
    }

    private static LogLine Told(long n, string name) => new()
    {
        N = n + 1, At = T0.AddMinutes(n), Kind = "stream", Method = "GRPC", Path = "/data/LeadChangeEvent", Events = [name],
        About = new("leads", "7", "UPDATE", T0.AddMinutes(n), "person:rep-1"),
    };

    private static LogLine Lost(long n) => new() { N = n + 1, At = T0.AddMinutes(n), Kind = "stream", Method = "REPLAY", Path = "/data/LeadChangeEvent", Fault = "stale" };
}
