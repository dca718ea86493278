using CrmSync.Adapters;
using CrmSync.Adapters.Http;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

public sealed class OAuthTokensTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero));
    private readonly MemoryGrants _store = new() { Grant = new(new Secret("r0"), null, null) };
    private readonly List<string> _spent = [];

    [Fact]
    public async Task Many_callers_share_one_refresh()
    {
        using var tokens = Tokens(_store);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tokens.GetAsync(Stop).AsTask()));

        Assert.Equal(["r0"], _spent);
        Assert.Single(all.Select(t => t.Reveal()).Distinct());
    }

    [Fact]
    public async Task A_new_grant_is_saved_before_its_token_is_used()
    {
        using var tokens = Tokens(_store);

        var token = await tokens.GetAsync(Stop);

        Assert.Equal("a1", token.Reveal());
        Assert.Equal(["r1"], _store.Saved);
    }

    [Fact]
    public async Task The_grant_is_kept_when_no_new_one_comes()
    {
        using var tokens = new OAuthTokens(Connection, _store, _time, (_, _) => Task.FromResult(new TokenAnswer(new Secret("a"), null, TimeSpan.FromMinutes(30), null)));

        await tokens.GetAsync(Stop);

        Assert.Equal(["r0"], _store.Saved);
    }

    [Fact]
    public async Task A_token_is_renewed_when_its_life_is_over_by_our_own_clock()
    {
        using var tokens = Tokens(_store);
        await tokens.GetAsync(Stop);

        _time.Advance(TimeSpan.FromMinutes(28));
        await tokens.GetAsync(Stop);
        _time.Advance(TimeSpan.FromMinutes(2));
        await tokens.GetAsync(Stop);

        Assert.Equal(["r0", "r1"], _spent);
    }

    [Fact]
    public async Task Callers_refused_with_the_same_token_renew_it_once()
    {
        using var tokens = Tokens(_store);
        var old = await tokens.GetAsync(Stop);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tokens.RenewAsync(old, Stop).AsTask()));

        Assert.Equal(["r0", "r1"], _spent);
    }

    [Fact]
    public async Task A_grant_renewed_by_another_process_is_taken_from_the_store()
    {
        using var tokens = new OAuthTokens(Connection, _store, _time, (grant, _) =>
        {
            _spent.Add(grant.Reveal());
            _store.Grant = new(new Secret("r9"), new Secret("a9"), _time.GetUtcNow().AddMinutes(30));
            throw new CrmException(CrmFailure.Unauthorised, "invalid grant");
        });

        Assert.Equal("a9", (await tokens.GetAsync(Stop)).Reveal());
        Assert.Equal(["r0"], _spent);
    }

    [Fact]
    public async Task A_dead_grant_is_not_asked_again_and_again()
    {
        using var tokens = new OAuthTokens(Connection, _store, _time, (grant, _) =>
        {
            _spent.Add(grant.Reveal());
            throw new CrmException(CrmFailure.Unauthorised, "invalid grant");
        });

        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<CrmException>(async () => await tokens.GetAsync(Stop));

        Assert.Single(_spent);
        Assert.Equal("r0", _store.Grant!.RefreshToken.Reveal());
    }

    private static CrmConnection Connection => new() { Name = "main", Crm = "hubspot", ClientId = "id", ClientSecret = new("secret") };

    private OAuthTokens Tokens(IGrantStore store) => new(Connection, store, _time, async (grant, _) =>
    {
        await Task.Yield();
        lock (_spent)
            _spent.Add(grant.Reveal());
        return new TokenAnswer(new Secret($"a{_spent.Count}"), new Secret($"r{_spent.Count}"), TimeSpan.FromMinutes(30), "33");
    });
}
