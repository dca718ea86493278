using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

public abstract partial class SyncStoreContract
{
    [Fact]
    public async Task Remembers_whose_turn_a_pass_took()
    {
        Assert.Empty(await Store.TurnsAsync(Main, Stop));
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Turn = new("germany", "101") });
        await AcceptAsync(("d2", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Turn = new("everyone", "7") });
        await AcceptAsync(("d3", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Turn = new("germany", "102") });
        Assert.Equal(new Dictionary<string, string> { ["germany"] = "102", ["everyone"] = "7" }, await Store.TurnsAsync(Main, Stop));
        Assert.Empty(await Store.TurnsAsync("other", Stop));
    }

    [Fact]
    public async Task Finds_who_has_an_offer_at_a_company_before_and_after_it_is_confirmed()
    {
        var offer = Offer("101", "co-1", T0);
        await AcceptAsync(("d1", "a"));
        var intent = Some.Intent("t1", "a");
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Audit = [Some.Decided("t1", "key-a")], Intents = [intent with { Body = intent.Body with { Episode = offer } }] });
        Assert.Equal("101", await OwnerAsync("co-1"));
        Assert.Null(await OwnerAsync("co-2"));

        await SettleAsync(IntentState.Applied, offer);
        Assert.Equal("101", await OwnerAsync("co-1"));

        await AcceptAsync(("d2", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a") with { Episode = offer with { State = HandoverState.Rejected } }));
        Assert.Null(await OwnerAsync("co-1"));
    }

    [Fact]
    public async Task Finds_nobody_by_an_offer_that_the_CRM_never_got()
    {
        await AcceptAsync(("d1", "a"));
        var intent = Some.Intent("t1", "a");
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Audit = [Some.Decided("t1", "key-a")], Intents = [intent with { Body = intent.Body with { Episode = Offer("101", "co-1", T0) } }] });
        await SettleAsync(IntentState.Superseded, null);
        Assert.Null(await OwnerAsync("co-1"));
    }

    [Fact]
    public async Task Finds_the_earliest_of_several_and_passes_over_who_is_nobodys()
    {
        foreach (var (id, owner, hours) in ((string, string?, int)[])[("a", "101", 2), ("b", "102", 1), ("c", null, 0)])
        {
            await AcceptAsync(($"d-{id}", id));
            await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead(id) with { Episode = Offer(owner, "co-1", T0.AddHours(hours)) }));
        }
        Assert.Equal("102", await OwnerAsync("co-1"));
    }

    private static Episode Offer(string? owner, string company, DateTimeOffset at) => new()
    {
        Number = 1, State = HandoverState.AwaitingDecision, OpenedAt = at, OfferedAt = at, OwnerId = owner, CompanyId = company,
    };

    private async Task<string?> OwnerAsync(string company) => (await Store.OfferOwnersAsync(Main, [company], Stop)).GetValueOrDefault(company);

    private async Task SettleAsync(IntentState state, Episode? becomes)
    {
        var open = (await Store.IntentsAsync(Main, [IntentState.Pending], 10, T0, Stop)).Single();
        var audit = Some.Applied("t1", "key-a") with { Kind = state == IntentState.Applied ? Worker.Audit.AuditKind.Applied : Worker.Audit.AuditKind.Superseded };
        await Store.SettleAsync([new(open with { State = state, SettledAt = T0 }) { Audit = audit, Lead = becomes is null ? null : Some.Lead("a") with { Episode = becomes } }], T0, Stop);
    }
}
