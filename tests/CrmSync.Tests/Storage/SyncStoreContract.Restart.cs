using CrmSync.Adapters;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

public abstract partial class SyncStoreContract
{
    [Fact]
    public async Task Keeps_everything_over_a_restart()
    {
        await DecideAsync("a", "t1");
        await AcceptAsync(("d1", "b"));
        await Store.AdvanceAsync(Main, "contacts", [], "17", T0, Stop);
        await Store.RememberAsync(Main, "mode", "live", Stop);
        var (id, head) = (Store.StoreId, await Store.HeadAsync(Stop));

        await RestartAsync();

        Assert.Equal(id, Store.StoreId);
        Assert.Equal(head, await Store.HeadAsync(Stop));
        Assert.Equal("17", await Store.PositionAsync(Main, "contacts", Stop));
        Assert.Equal("live", await Store.RememberedAsync(Main, "mode", Stop));
        Assert.Equal(["b"], await TakenIdsAsync());
        Assert.Single(await OpenAsync(IntentState.Pending));
    }

    [Fact]
    public async Task Frees_the_leads_of_the_last_run_at_start()
    {
        await AcceptAsync(("d1", "a"));
        await TakeOneAsync();
        await RestartAsync();
        Assert.Equal(["a"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Forgets_a_value_that_is_set_to_nothing()
    {
        await Store.RememberAsync("", "brake", "on", Stop);
        await Store.RememberAsync("", "brake", null, Stop);
        Assert.Null(await Store.RememberedAsync("", "brake", Stop));
    }

    [Fact]
    public async Task Hands_a_request_over_and_its_answer_back()
    {
        var id = await Store.AskAsync("go-live", "{}", T0, Stop);
        Assert.Equal(id, Assert.Single(await Store.AskedAsync(Stop)).Id);
        Assert.Null(await Store.AnswerOfAsync(id, Stop));
        await Store.AnswerAsync(id, "done", T0, Stop);
        Assert.Equal("done", await Store.AnswerOfAsync(id, Stop));
        Assert.Empty(await Store.AskedAsync(Stop));
    }

    [Fact]
    public async Task Keeps_a_grant_over_a_restart()
    {
        var grant = new Grant(new("refresh-canary"), new("access-canary"), T0);
        await ((IGrantStore)Store).SaveAsync(Main, grant, Stop);
        await RestartAsync();
        var read = await ((IGrantStore)Store).ReadAsync(Main, Stop);
        Assert.Equal("refresh-canary", read?.RefreshToken.Reveal());
        Assert.Equal("access-canary", read?.AccessToken?.Reveal());
        Assert.Equal(T0, read?.ExpiresAt);
        Assert.Null(await ((IGrantStore)Store).ReadAsync("other", Stop));
    }

    [Fact]
    public async Task Remembers_what_was_spent_of_a_quota()
    {
        var ledger = (IQuotaLedger)Store;
        await ledger.AddAsync(Main, "day", new(T0, 10), Stop);
        await ledger.AddAsync(Main, "day", new(T0.AddHours(1), 5), Stop);
        Assert.Equal([new QuotaUse(T0.AddHours(1), 5)], await ledger.ReadAsync(Main, "day", T0.AddMinutes(1), Stop));
    }
}
