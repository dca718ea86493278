using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

public abstract partial class SyncStoreContract
{
    private static LostEdit Lost => new("t1", false, "a") { Stage = new("sql", T0, "7") };

    [Fact]
    public async Task Keeps_a_lost_edit_once_and_looks_at_its_lead()
    {
        Assert.True(await Store.KeepAsync("main", Lost, T0, Stop));
        Assert.False(await Store.KeepAsync("main", Lost, T0, Stop));
        Assert.Equal(Lost, Assert.Single(await Store.LostEditsAsync("main", ["a", "b"], Stop)));
        Assert.Empty(await Store.LostEditsAsync("other", ["a"], Stop));
        Assert.Equal(["a"], await TakenIdsAsync());
    }

    [Fact]
    public async Task An_effect_that_ends_keeps_what_it_took_the_place_of_once()
    {
        await DecideAsync("a", "t1");
        var intent = Assert.Single(await Store.IntentsAsync("main", [IntentState.Pending], 9, T0, Stop));
        await Store.SettleAsync([new(Settled(intent, IntentState.Conflict)) { Lost = Lost }], T0, Stop);

        Assert.Equal(Lost, Assert.Single(await Store.LostEditsAsync("main", ["a"], Stop)));
        Assert.False(await Store.KeepAsync("main", Lost, T0, Stop));
        Assert.Contains("a", await TakenIdsAsync());
    }

    [Fact]
    public async Task A_lost_edit_that_was_dealt_with_does_not_come_back_by_a_repetition()
    {
        await Store.KeepAsync("main", Lost, T0, Stop);
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { KeptEdits = [Lost with { RestoredBy = "t2" }] });
        Assert.Equal("t2", Assert.Single(await Store.LostEditsAsync("main", ["a"], Stop)).RestoredBy);

        await AcceptAsync(("d2", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { ToldEdits = [Lost] });
        Assert.False(await Store.KeepAsync("main", Lost, T0, Stop));
        Assert.Empty(await Store.LostEditsAsync("main", ["a"], Stop));
    }

    [Fact]
    public async Task Lost_edits_of_leads_whose_ids_begin_alike_are_kept_apart()
    {
        await Store.KeepAsync("main", Lost, T0, Stop);
        await Store.KeepAsync("main", Lost with { LeadId = "aa", TransitionId = "t2" }, T0, Stop);
        Assert.Equal(["t1"], (await Store.LostEditsAsync("main", ["a"], Stop)).Select(e => e.TransitionId));
    }

    [Fact]
    public async Task Tells_the_effect_of_a_transition_by_its_request()
    {
        await DecideAsync("a", "t1");
        Assert.Equal("t1", (await Store.IntentAsync("t1", clears: false, Stop))?.TransitionId);
        Assert.Null(await Store.IntentAsync("t1", clears: true, Stop));
        Assert.Null(await Store.IntentAsync("t9", clears: false, Stop));
    }
}
