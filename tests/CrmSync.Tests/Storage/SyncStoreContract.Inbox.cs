using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

public abstract partial class SyncStoreContract
{
    [Fact]
    public async Task Stores_a_redelivered_event_once()
    {
        Assert.Equal(1, await AcceptAsync(("d1", "a")));
        Assert.Equal(0, await AcceptAsync(("d1", "a")));
        Assert.Equal(1, await Store.PendingAsync(Main, Stop));
    }

    [Fact]
    public async Task Stores_the_same_delivery_of_two_connections_twice()
    {
        await AcceptAsync(("d1", "a"));
        Assert.Equal(1, await Store.AcceptAsync("other", [new("d1", "a")], T0, Stop));
    }

    [Fact]
    public async Task Stores_one_of_many_concurrent_redeliveries()
    {
        var stored = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => AcceptAsync(("d1", "a")))));
        Assert.Equal(1, stored.Sum());
    }

    [Fact]
    public async Task Hands_out_leads_and_not_events()
    {
        await AcceptAsync(("d1", "a"), ("d2", "b"), ("d3", "a"));
        var taken = await TakeAsync();
        Assert.Equal(["a", "b"], taken.Select(lead => lead.LeadId));
        Assert.True(taken[0].UpTo > taken[1].UpTo);
    }

    [Fact]
    public async Task Hands_out_the_oldest_first_and_no_more_than_asked_for()
    {
        await AcceptAsync(("d1", "c"), ("d2", "a"), ("d3", "b"));
        Assert.Equal(["c", "a"], (await TakeAsync(count: 2)).Select(lead => lead.LeadId));
    }

    [Fact]
    public async Task Puts_no_lead_into_two_hands()
    {
        await AcceptAsync(("d1", "a"));
        await TakeOneAsync();
        await AcceptAsync(("d2", "a"));
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Gives_each_lead_to_one_of_many_concurrent_takers()
    {
        await AcceptAsync([.. Enumerable.Range(0, 300).Select(i => ($"d{i}", $"lead{i}"))]);
        var taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => TakeAsync(count: 20))));
        Assert.Equal(300, taken.SelectMany(leads => leads).Select(lead => lead.LeadId).Distinct().Count());
        Assert.Equal(300, taken.Sum(leads => leads.Count));
    }

    [Fact]
    public async Task Puts_a_lead_known_by_two_ids_into_one_hand()
    {
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Aliases = ["contact"] });
        await AcceptAsync(("d2", "a"), ("d3", "contact"));
        Assert.Equal(["a"], await TakenIdsAsync());
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Hands_out_a_lead_again_when_its_lease_has_run_out()
    {
        await AcceptAsync(("d1", "a"));
        await TakeOneAsync();
        Assert.Equal(["a"], await TakenIdsAsync(T0 + Lease));
    }

    [Fact]
    public async Task Leaves_out_what_is_recorded_under_a_claim_that_went_to_another()
    {
        await AcceptAsync(("d1", "a"));
        var late = await TakeOneAsync();
        var next = await TakeOneAsync(T0 + Lease);
        await RecordAsync(Some.Pass(late, Some.Lead("a")) with { Audit = [Some.Decided("t1", "key-a")] });
        Assert.Equal(0, (await Store.HeadAsync(Stop)).Sequence);
        await RecordAsync(Some.Pass(next, Some.Lead("a")));
        Assert.Equal(0, await Store.PendingAsync(Main, Stop));
    }

    [Fact]
    public async Task Marks_done_only_what_was_taken()
    {
        await AcceptAsync(("d1", "a"));
        var taken = await TakeOneAsync();
        await AcceptAsync(("d2", "a"));
        await RecordAsync(Some.Pass(taken, Some.Lead("a")));
        Assert.Equal(1, await Store.PendingAsync(Main, Stop));
        Assert.Equal(["a"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Holds_a_lead_back_until_its_instant()
    {
        await AcceptAsync(("d1", "a"));
        await Store.ReleaseAsync(Main, [await TakeOneAsync()], T0.AddMinutes(5), failed: true, Stop);
        await AcceptAsync(("d2", "a"));
        Assert.Equal(T0.AddMinutes(5), await Store.NextPutOffAsync(Main, Stop));
        Assert.Empty(await TakeAsync(T0.AddMinutes(5).AddMilliseconds(-1)));
        Assert.Equal(1, (await TakeOneAsync(T0.AddMinutes(5))).Tries);
        Assert.Null(await Store.NextPutOffAsync(Main, Stop));
    }

    [Fact]
    public async Task Counts_only_failed_tries_and_forgets_them_when_done()
    {
        await AcceptAsync(("d1", "a"));
        await Store.ReleaseAsync(Main, [await TakeOneAsync()], T0, failed: false, Stop);
        var taken = await TakeOneAsync();
        Assert.Equal(0, taken.Tries);
        await Store.ReleaseAsync(Main, [taken], T0, failed: true, Stop);
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")));
        await AcceptAsync(("d2", "a"));
        Assert.Equal(0, (await TakeOneAsync()).Tries);
    }

    [Fact]
    public async Task Moves_a_cursor_together_with_its_entries()
    {
        Assert.Null(await Store.PositionAsync(Main, "contacts", Stop));
        Assert.Equal(2, await Store.AdvanceAsync(Main, "contacts", [new("p1", "a"), new("p2", "b")], "17", T0, Stop));
        Assert.Equal("17", await Store.PositionAsync(Main, "contacts", Stop));
        Assert.Equal(2, await Store.PendingAsync(Main, Stop));
    }

    [Fact]
    public async Task Replaces_hints_by_the_leads_they_stand_for()
    {
        await AcceptAsync(("d1", "deals/9"));
        await Store.ExpandAsync(Main, [await TakeOneAsync()], [new("d1/a", "a"), new("d1/b", "b")], T0, Stop);
        Assert.Equal(["a", "b"], await TakenIdsAsync());
        Assert.Equal(2, await Store.PendingAsync(Main, Stop));
    }

    [Fact]
    public async Task Keeps_an_entry_that_needs_no_look_and_hands_it_to_nobody()
    {
        Assert.Equal(1, await Store.AdvanceAsync(Main, "sweep", [new("s:a", "a") { NeedsNoLook = true }, new("s:b", "b")], "1", T0, Stop));
        await RecordAsync(Some.Pass(new("a", 0, 0), Some.Lead("a")));
        await RecordAsync(Some.Pass(new("c", 0, 0), Some.Lead("c")));

        Assert.Equal(["b"], await TakenIdsAsync());
        Assert.Equal(1, await Store.PendingAsync(Main, Stop));
        Assert.Equal(["c"], await Store.NotDeliveredAsync(Main, "s:", null, Many, Stop));
    }

    [Fact]
    public async Task Forgets_what_was_done_long_ago_and_nothing_else()
    {
        await AcceptAsync(("d1", "a"), ("d2", "b"));
        await RecordAsync(Some.Pass((await TakeAsync())[0], Some.Lead("a")));
        Assert.Equal(0, await Store.ForgetAsync(T0, Stop));
        Assert.Equal(1, await Store.ForgetAsync(T0.AddDays(1), Stop));
        Assert.Equal(1, await Store.PendingAsync(Main, Stop));
    }
}
