using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;
using static CrmSync.Tests.WriteBack.WriteBackBench;

namespace CrmSync.Tests.WriteBack;

/// <summary>What an effect that is sent, or is not, leaves behind.</summary>
public sealed class WriteBackPassTests
{
    [Fact]
    public async Task Confirms_what_the_crm_applied()
    {
        await using var bench = await WithAsync(Offer);
        Assert.Equal(1, await bench.WriteAsync());
        Assert.Equal(("Applied", "write|applied"), (bench.Ends(), bench.Intents()));
        var lead = await bench.LeadAsync();
        Assert.Equal((LifecycleStage.MarketingQualified, "mql", HandoverState.AwaitingDecision), (lead.Stage, lead.CrmStage, lead.Episode?.State));
        Assert.Equal(Offer.Body.Marker, lead.Memory.Marker);
        Assert.Equal((StageStep.Set, LifecycleStage.MarketingQualified, "t1"), bench.Crm.Writes.Select(w => (w.Step, w.Stage, w.TraceId)).Single());
    }

    [Theory]
    [InlineData(null, "Applied")]
    [InlineData("7", "Applied")]
    [InlineData("8", "Superseded")]
    public async Task Gives_an_owner_only_to_a_lead_that_nobody_was_given_meanwhile(string? meanwhile, string end)
    {
        await using var bench = await WithAsync(Offer with { Body = Offer.Body with { OwnerId = "7" } });
        var reading = bench.Crm.Records[Lead];
        bench.Crm.Records[Lead] = reading with { Lead = reading.Lead! with { OwnerId = meanwhile } };
        await bench.WriteAsync();
        Assert.Equal(end, bench.Ends());
        Assert.Equal(end == "Applied" ? ["7"] : [], bench.Crm.Writes.Select(write => write.OwnerId));
    }

    [Theory]
    [InlineData("print", "sal", false)]
    [InlineData("another print", "sal", true)]
    [InlineData("print", "customer", true)]
    public async Task Needs_no_look_at_the_echo_of_a_write_beside_which_nothing_changed(string print, string stage, bool waits)
    {
        var judged = new CrmLead { Ref = new("main", Lead), ObjectKind = "contact", StageValue = "lead", Print = "print" };
        var offer = Offer.Body with { TargetStage = "sal" };
        await using var bench = await WithAsync(Offer with { Body = offer with { EchoPrint = OwnEcho.After(judged, offer) } });
        bench.Crm.Answer = write =>
        {
            bench.Crm.Holds(Lead, stage, offer.Marker);
            bench.Crm.Records[Lead] = new(Lead, CrmReadingKind.Found, bench.Crm.Records[Lead].Lead! with { Echo = "echo", Print = print });
            return new(write.LeadId, write.TraceId, WriteOutcome.Applied);
        };
        await bench.WriteAsync();
        Assert.Equal(waits ? 0 : 1, bench.Echoes.Of("main"));
        await bench.Store.AcceptAsync("main", [new("echo", Lead)], T0, TestContext.Current.CancellationToken);
        Assert.Equal(waits, await bench.IsWaitingAsync());
    }

    [Theory]
    [InlineData(WriteOutcome.Refused, "Refused")]
    [InlineData(WriteOutcome.Unchanged, "Refused")]
    public async Task Quarantines_what_the_crm_refused(WriteOutcome outcome, string kind)
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Answer = write => new(write.LeadId, write.TraceId, outcome, "a validation rule says no");
        await bench.WriteAsync();
        Assert.Equal((kind, "write|refused"), (bench.Ends(), bench.Intents()));
        Assert.Equal("a validation rule says no", await bench.QuarantineAsync());
        Assert.Null((await bench.LeadAsync()).Episode);
    }

    [Fact]
    public async Task Looks_once_more_and_not_at_once_at_a_lead_that_is_gone()
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Answer = write => new(write.LeadId, write.TraceId, WriteOutcome.Gone);
        await bench.WriteAsync();
        Assert.Equal(("Gone", "write|gone"), (bench.Ends(), bench.Intents()));
        Assert.False(await bench.IsWaitingAsync());
        Assert.Equal(T0 + bench.Connection.Adapter.SettleTime, await bench.Store.NextDueAsync("main", TestContext.Current.CancellationToken));
        Assert.False((await bench.LeadAsync()).Memory.IsGone);
    }

    [Fact]
    public async Task Waits_to_send_again_what_was_certainly_not_sent()
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Answer = write => new(write.LeadId, write.TraceId, WriteOutcome.NotSent, "no quota");
        await bench.WriteAsync();
        Assert.Empty(bench.Ends());
        var open = await bench.OpenIntentAsync();
        Assert.Equal((IntentState.Pending, 0, T0.AddSeconds(15)), (open!.State, open.Sends, open.NotBefore));
        Assert.Equal(0, await bench.WriteAsync());
        bench.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await bench.WriteAsync());
    }

    [Theory]
    [InlineData(40, 15)]
    [InlineData(1200, 150)]
    [InlineData(90_000, 300)]
    public void What_could_not_be_sent_for_long_is_tried_seldom(int waited, int seconds)
    {
        var now = Offer.CreatedAt.AddSeconds(waited);

        var next = Settling.Written(Offer, Storage.Some.Lead(Lead), new(Lead, "t1", WriteOutcome.NotSent, "field-missing"), TimeSpan.FromMinutes(2), now).Intent;

        Assert.Equal((IntentState.Pending, now.AddSeconds(seconds)), (next.State, next.NotBefore));
    }

    [Fact]
    public async Task Leaves_a_lost_reply_open_until_it_can_be_read()
    {
        await using var bench = await WithAsync(Offer);
        await bench.LoseReplyAsync();
        Assert.Empty(bench.Ends());
        var open = await bench.OpenIntentAsync();
        Assert.Equal((IntentState.Unknown, 1, T0.AddMinutes(2)), (open!.State, open.Sends, open.NotBefore));
        Assert.Equal(0, await bench.WriteAsync());
    }

    [Theory]
    [InlineData("sal", null, null)]
    [InlineData(null, null, null)]
    [InlineData("lead", "v1.abc123.key-a.t0", null)]
    [InlineData("lead", null, "accept")]
    public async Task Sends_nothing_to_a_lead_unlike_the_one_that_was_judged(string? stage, string? marker, string? answer)
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Holds(Lead, stage, marker, answer);
        await bench.WriteAsync();
        Assert.Empty(bench.Crm.Writes);
        Assert.Equal(("Superseded", "write|superseded"), (bench.Ends(), bench.Intents()));
        Assert.True(await bench.IsWaitingAsync());
    }

    [Theory]
    [InlineData(CrmReadingKind.Moved, "Superseded")]
    [InlineData(CrmReadingKind.Unreadable, "Superseded")]
    [InlineData(CrmReadingKind.Gone, "Gone")]
    public async Task Sends_nothing_to_a_record_that_is_not_there(CrmReadingKind kind, string end)
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Records[Lead] = new(Lead, kind);
        await bench.WriteAsync();
        Assert.Empty(bench.Crm.Writes);
        Assert.Equal(end, bench.Ends());
        Assert.True(await bench.IsWaitingAsync());
    }

    [Fact]
    public async Task Sends_nothing_that_is_there_already()
    {
        await using var bench = await WithAsync(Offer);
        bench.Crm.Holds(Lead, "mql", Offer.Body.Marker);
        await bench.WriteAsync();
        Assert.Empty(bench.Crm.Writes);
        Assert.Equal("Applied", bench.Ends());
    }

    [Fact]
    public async Task Goes_back_in_two_requests_with_one_end()
    {
        await using var bench = await WithAsync(Clear);
        await bench.WriteAsync();
        Assert.Empty(bench.Ends());
        Assert.Null((await bench.LeadAsync()).CrmStage);
        bench.Crm.Holds(Lead, null, Clear.Body.Marker);
        await bench.WriteAsync();
        Assert.Equal(("Applied", "clear|applied, set|applied"), (bench.Ends(), bench.Intents()));
        Assert.Equal([StageStep.Clear, StageStep.Set], bench.Crm.Writes.Select(w => w.Step));
        Assert.Equal(Offer.Body.Marker, bench.Crm.Writes[^1].Fields["crmsync_marker"]);
        Assert.Equal("lead", (await bench.LeadAsync()).CrmStage);
    }

    [Theory]
    [InlineData("customer", true)]
    [InlineData(null, false)]
    public async Task Lets_a_person_win_between_the_two_requests(string? stage, bool ourMarker)
    {
        await using var bench = await WithAsync(Clear);
        await bench.WriteAsync();
        bench.Crm.Holds(Lead, stage, ourMarker ? Clear.Body.Marker : "v1.other0.key-b.t7.c");
        await bench.WriteAsync();
        Assert.Single(bench.Crm.Writes);
        Assert.Equal(("Conflict", "clear|applied, set|conflict"), (bench.Ends(), bench.Intents()));
        Assert.Equal(T0, (await bench.LeadAsync()).Memory.ForeignStageAt);
        Assert.True(await bench.IsWaitingAsync());
    }
}
