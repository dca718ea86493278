using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;
using static CrmSync.Tests.WriteBack.WriteBackBench;

namespace CrmSync.Tests.WriteBack;

/// <summary>How a lost reply is settled by reading.</summary>
public sealed class UnknownPassTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Reads_nothing_before_the_settle_time()
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        bench.Clock.Advance(Settle - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await bench.SettleAsync());
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await bench.SettleAsync());
    }

    [Fact]
    public async Task Is_confirmed_by_our_marker()
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        bench.Crm.Holds(Lead, "mql", Offer.Body.Marker);
        await ReadAsync(bench);
        Assert.Equal("Applied", bench.Ends());
        Assert.Equal(HandoverState.AwaitingDecision, (await bench.LeadAsync()).Episode?.State);
    }

    [Fact]
    public async Task Sends_once_more_after_two_readings_without_a_change()
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        await ReadAsync(bench);
        Assert.Equal((IntentState.Unknown, 1), await StateAsync(bench));
        await ReadAsync(bench);
        Assert.Equal((IntentState.Pending, 0), await StateAsync(bench));
        Assert.Single(bench.Crm.Writes);
        await bench.WriteAsync();
        Assert.Equal(2, bench.Crm.Writes.Count);
        Assert.Empty(bench.Ends());
    }

    [Fact]
    public async Task Never_sends_a_third_time()
    {
        await using var bench = await WithAsync(Offer);
        for (var i = 0; i < 2; i++)
        {
            await bench.LoseReplyAsync();
            await ReadAsync(bench);
            await ReadAsync(bench);
        }
        Assert.Equal(("Conflict", "write|conflict"), (bench.Ends(), bench.Intents()));
        Assert.Equal(0, await bench.WriteAsync());
        Assert.Equal(2, bench.Crm.Writes.Count);
        Assert.True(await bench.IsWaitingAsync());
    }

    [Theory]
    [InlineData("sal", null)]
    [InlineData("lead", "v1.other0.key-b.t7")]
    public async Task Is_a_conflict_when_somebody_else_was_there(string stage, string? marker)
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        bench.Crm.Holds(Lead, stage, marker);
        await ReadAsync(bench);
        Assert.Equal("Conflict", bench.Ends());
        Assert.Equal(bench.Clock.GetUtcNow(), (await bench.LeadAsync()).Memory.ForeignStageAt);
        Assert.True(await bench.IsWaitingAsync());
    }

    [Theory]
    [InlineData(CrmReadingKind.Gone, "Gone")]
    [InlineData(CrmReadingKind.Moved, "Conflict")]
    [InlineData(CrmReadingKind.Unreadable, "Conflict")]
    public async Task Ends_when_the_record_is_not_there(CrmReadingKind kind, string end)
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        bench.Crm.Records[Lead] = new(Lead, kind);
        await ReadAsync(bench);
        Assert.Equal(end, bench.Ends());
    }

    [Fact]
    public async Task Waits_for_a_record_that_the_crm_does_not_show_for_the_moment()
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        bench.Crm.Records[Lead] = new(Lead, CrmReadingKind.Unreadable) { IsPassing = true };
        await ReadAsync(bench);
        Assert.Equal(("", (IntentState.Unknown, 0)), (bench.Ends(), await StateAsync(bench)));
        bench.Crm.Records[Lead] = new(Lead, CrmReadingKind.Gone);
        await ReadAsync(bench);
        Assert.Equal("Gone", bench.Ends());
    }

    [Fact]
    public async Task Takes_every_open_effect_for_unknown_after_a_restart()
    {
        await using var bench = await WithAsync(Offer);
        Assert.Equal(1, await bench.Store.SuspectOpenIntentsAsync("main", T0 + Settle, TestContext.Current.CancellationToken));
        Assert.Equal(0, await bench.WriteAsync());
        await ReadAsync(bench);
        await ReadAsync(bench);
        Assert.Equal(IntentState.Pending, (await StateAsync(bench)).State);
    }

    [Fact]
    public async Task Finishes_the_second_request_whose_first_reply_was_lost()
    {
        await using var bench = await WithAsync(Clear);
        await bench.LoseReplyAsync();
        bench.Crm.Holds(Lead, null, Clear.Body.Marker);
        await ReadAsync(bench);
        bench.Crm.Answer = write => new(write.LeadId, write.TraceId, WriteOutcome.Applied);
        await bench.WriteAsync();
        Assert.Equal(("Applied", "clear|applied, set|applied"), (bench.Ends(), bench.Intents()));
    }

    private static async Task ReadAsync(WriteBackBench bench)
    {
        bench.Clock.Advance(Settle);
        Assert.Equal(1, await bench.SettleAsync());
    }

    private static async Task<(IntentState State, int Reads)> StateAsync(WriteBackBench bench)
    {
        var open = await bench.OpenIntentAsync();
        return (open!.State, open.Reads);
    }
}
