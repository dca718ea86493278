using CrmSync.Adapters;
using CrmSync.Worker.Storage;
using static CrmSync.Tests.WriteBack.WriteBackBench;

namespace CrmSync.Tests.WriteBack;

/// <summary>People whose edit fell between our guarding read and our write.</summary>
public sealed class OverwrittenTests
{
    private static readonly ChangeActor Us = new(ChangeActorKind.Integration);
    private static readonly ChangeActor Rep = new(ChangeActorKind.Person, "rep-1");

    /// <summary>The guard saw the old stage, so the edit came later, whatever the two clocks say.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Is_a_conflict_when_history_shows_an_edit_that_the_guard_did_not_see(int secondsAfterGuard)
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Holds(Lead, "lead", null, null, Was("lead", -100), new("sal", T0.AddSeconds(secondsAfterGuard), Rep), new("mql", T0.AddSeconds(2), Us));
        await bench.WriteAsync();
        Assert.Equal("Conflict, Observed", bench.Ends());
    }

    [Fact]
    public async Task Finds_the_edit_that_our_clearing_request_went_over()
    {
        await using var bench = await WithAsync(Clear);
        bench.Crm.Holds(Lead, "mql", null, null, Was("lead", -100), Was("mql", -50), new("customer", T0.AddSeconds(1), Rep), new(null, T0.AddSeconds(2), Us));
        await bench.WriteAsync();
        Assert.Equal(("Conflict", "clear|conflict"), (bench.Ends(), bench.Intents()));
    }

    [Fact]
    public async Task Finds_nothing_in_a_clearing_request_that_came_after_what_was_judged()
    {
        await using var bench = await WithAsync(Clear);
        bench.Crm.Holds(Lead, "mql", null, null, Was("lead", -100), Was("mql", -50), new(null, T0.AddSeconds(2), Us));
        await bench.WriteAsync();
        Assert.Empty(bench.Ends());
    }

    [Fact]
    public async Task Finds_the_edit_also_when_the_write_arrived_after_all_just_before_it_was_to_be_sent_again()
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        for (var reading = 0; reading < 2; reading++)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(2));
            await bench.SettleAsync();
        }
        bench.Crm.Holds(Lead, "mql", Offer.Body.Marker, null, Was("lead", -100), new("sal", T0.AddSeconds(1), Rep), new("mql", T0.AddSeconds(2), Us));

        await bench.WriteAsync();

        Assert.Single(bench.Crm.Writes);
        Assert.Equal(("Conflict, Observed", "write|conflict"), (bench.Ends(), bench.Intents()));
        Assert.True(await bench.IsWaitingAsync());
    }

    [Fact]
    public async Task Keeps_a_confirmed_write_when_history_cannot_be_read()
    {
        await using var bench = await WithAsync(Offer);
        // It empties nothing, so what stands beside it the next reading shows.
        bench.Crm.ReadFault = (ReadDepth.GuardHistory, new CrmException(CrmFailure.Transient, "HTTP 502"));
        await bench.WriteAsync();
        Assert.Equal("Applied", bench.Ends());
    }

    [Fact]
    public async Task Asks_for_no_history_where_an_answer_was_carried_out_and_no_stage_was_written()
    {
        await using var bench = await WithAsync(Offer with { Body = Offer.Body with { StageStep = StageStep.Keep, Actor = "person:1" } });
        await bench.WriteAsync();
        Assert.Equal([ReadDepth.Guard], bench.Crm.Reads);
        Assert.Equal("lead", (await bench.LeadAsync()).CrmStage);
    }

    private static FieldChange Was(string stage, int minutes) => new(stage, T0.AddMinutes(minutes), Rep);
}
