using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

public abstract partial class SyncStoreContract
{
    [Fact]
    public async Task Remembers_a_lead_by_any_id_it_ever_had()
    {
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Aliases = ["contact"] });
        var found = await Store.FindAsync(Main, ["a", "contact", "stranger"], Stop);
        Assert.Equal(["a", "contact"], found.Keys.Order());
        Assert.Equal("key-a", found["contact"].LeadKey);
        Assert.Equal("a", found["contact"].LeadId);
    }

    [Fact]
    public async Task Keeps_all_of_a_lead()
    {
        var lead = Some.Lead("a") with
        {
            Episode = new() { Number = 2, State = HandoverState.Rejected, OpenedAt = T0, Reason = RejectionReason.NoBudget, CoolOffUntil = DateTimeOffset.MaxValue },
            Memory = new()
            {
                Salt = "5a17",
                Marker = "v1.abc123.key-a.t1",
                Counters = new Dictionary<string, CounterMemory> { ["Visits"] = new(T0, 7, [new EngagementAct(T0, 2, "Fagdag Ærø")]) },
            },
        };
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), lead));
        Assert.Equivalent(lead, (await Store.FindByKeyAsync(["key-a"], Stop))["key-a"], strict: true);
    }

    [Fact]
    public async Task Records_all_of_a_batch_or_none_of_it()
    {
        await AcceptAsync(("d1", "a"), ("d2", "b"));
        var taken = await TakeAsync();
        var good = Some.Pass(taken[0], Some.Lead("a")) with { Audit = [Some.Decided("t1", "key-a")] };
        var bad = Some.Pass(taken[1], Some.Lead("b")) with { Intents = [Some.Intent("t2", "b"), Some.Intent("t3", "b")] };
        var failure = await Assert.ThrowsAsync<StoreException>(() => Store.RecordAsync(Main, [good, bad], T0, Stop));
        Assert.Equal(StoreFailure.Conflict, failure.Failure);
        Assert.Equal(0, (await Store.HeadAsync(Stop)).Sequence);
        Assert.Empty(await Store.FindAsync(Main, ["a", "b"], Stop));
        Assert.Equal(2, await Store.PendingAsync(Main, Stop));
    }

    [Fact]
    public async Task Rings_a_due_row_once()
    {
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { DueAt = T0.AddHours(1) });
        Assert.Equal(T0.AddHours(1), await Store.NextDueAsync(Main, Stop));
        Assert.Equal(0, await Store.RingDueAsync(Main, T0, TimeSpan.Zero, Stop));
        Assert.Equal(1, await Store.RingDueAsync(Main, T0.AddHours(1), TimeSpan.Zero, Stop));
        Assert.Equal(0, await Store.RingDueAsync(Main, T0.AddHours(1), TimeSpan.Zero, Stop));
        Assert.Equal(["a"], await TakenIdsAsync(T0.AddHours(1)));
    }

    [Fact]
    public async Task A_due_row_between_two_milliseconds_rings_at_the_later()
    {
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { DueAt = T0.AddTicks(1) });

        Assert.Equal(T0.AddMilliseconds(1), await Store.NextDueAsync(Main, Stop));
        Assert.Equal(0, await Store.RingDueAsync(Main, T0, TimeSpan.Zero, Stop));
        Assert.Equal(1, await Store.RingDueAsync(Main, T0.AddMilliseconds(1), TimeSpan.Zero, Stop));
    }

    [Fact]
    public async Task A_row_rung_ahead_of_its_time_waits_since_it_was_rung()
    {
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { DueAt = T0.AddHours(1) });
        Assert.Equal(1, await Store.RingDueAsync(Main, T0, TimeSpan.FromHours(1), Stop));
        Assert.Equal(T0, await Store.OldestWaitingAsync(Main, Stop));
    }

    [Fact]
    public async Task Replaces_a_due_row_by_that_of_the_next_pass()
    {
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { DueAt = T0.AddHours(1), Aliases = ["contact"] });
        await AcceptAsync(("d2", "contact"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { DueAt = T0.AddHours(2) });
        Assert.Equal(T0.AddHours(2), await Store.NextDueAsync(Main, Stop));
        await AcceptAsync(("d3", "contact"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")));
        Assert.Null(await Store.NextDueAsync(Main, Stop));
    }

    [Fact]
    public async Task Looks_next_at_the_leads_that_follow_from_a_pass()
    {
        await AcceptAsync(("d1", "loser"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), null) with { Follow = [new("d1/merged", "survivor")] });
        Assert.Equal(["survivor"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Keeps_a_quarantined_lead_out_and_its_entries_in()
    {
        await AcceptAsync(("d1", "poison"), ("d2", "b"));
        await TakeAsync();
        await Store.QuarantineAsync(Main, [("poison", "does not read")], T0, Stop);
        await AcceptAsync(("d3", "poison"));
        Assert.Equal(["b"], await TakenIdsAsync(T0 + Lease));
        Assert.Equal("does not read", Assert.Single(await Store.QuarantinedAsync(null, Stop)).Reason);
        Assert.Equal(1, await Store.PendingAsync(Main, Stop));
    }

    [Fact]
    public async Task Keeps_out_what_arrives_for_a_quarantined_lead()
    {
        await Store.QuarantineAsync(Main, [("poison", "does not read")], T0, Stop);
        await AcceptAsync(("d1", "poison"));
        Assert.Empty(await TakeAsync());
        Assert.Equal(1, await Store.UnquarantineAsync(Main, "poison", replay: true, T0, Stop));
        Assert.Equal(["poison"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Drops_what_waits_for_a_quarantined_lead_unless_it_is_replayed()
    {
        await AcceptAsync(("d1", "poison"));
        await Store.QuarantineAsync(Main, [("poison", "does not read")], T0, Stop);
        Assert.Equal(1, await Store.UnquarantineAsync(Main, null, replay: false, T0, Stop));
        Assert.Empty(await TakeAsync());
        await AcceptAsync(("d2", "poison"));
        Assert.Equal(["poison"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Counts_our_own_stage_moves_since_an_instant_and_not_what_people_decided()
    {
        await AcceptAsync(("d1", "a"));
        var audit = new[] { Some.Decided("t1", "key-a", T0), Some.Decided("t2", "key-a", T0.AddHours(2)), Some.Decided("t3", "key-a", T0.AddHours(2)) with { Actor = "person:7" }, Some.Observed("key-a") };
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Audit = audit });
        Assert.Equal((1, 1), await Store.MovesSinceAsync(Main, T0.AddHours(1), Stop));
        Assert.Equal((0, 0), await Store.MovesSinceAsync("other", T0, Stop));
    }
}
