using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

public abstract partial class SyncStoreContract
{
    [Fact]
    public async Task Keeps_one_open_intent_a_lead()
    {
        await DecideAsync("a", "t1");
        await Assert.ThrowsAsync<StoreException>(() => RecordAsync(
            Some.Pass(new("a", 0, 0), Some.Lead("a")) with { Intents = [Some.Intent("t2", "a")] }));
        Assert.Equal("t1", Assert.Single(await OpenAsync(IntentState.Pending)).TransitionId);
    }

    [Fact]
    public async Task Holds_a_lead_back_while_its_intent_is_open()
    {
        var intent = await DecideAsync("a", "t1");
        await AcceptAsync(("d2", "a"));
        Assert.Empty(await TakeAsync());
        await SettleAsync(new(Settled(intent, IntentState.Applied)));
        Assert.Equal(["a"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Holds_back_every_id_of_a_lead_with_an_open_intent()
    {
        var intent = await DecideAsync("a", "t1", alias: "contact");
        await AcceptAsync(("d2", "contact"));
        Assert.Empty(await TakeAsync());
        await SettleAsync(new(Settled(intent, IntentState.Applied)));
        Assert.Equal(["contact"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Keeps_all_of_an_intent()
    {
        var intent = Some.Intent("t1", "a") with { State = IntentState.Sent, Sends = 1, Reads = 2, Reason = "HTTP 502", NotBefore = T0 };
        await AcceptAsync(("d1", "a"));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead("a")) with { Intents = [intent] });
        Assert.Equivalent(intent, Assert.Single(await OpenAsync(IntentState.Sent)), strict: true);
    }

    [Fact]
    public async Task Settles_an_intent_with_its_audit_row_and_its_lead()
    {
        var intent = await DecideAsync("a", "t1");
        var lead = Some.Lead("a") with { CrmStage = "marketingqualifiedlead" };
        await SettleAsync(new(Settled(intent, IntentState.Applied)) { Audit = Some.Applied("t1", "key-a"), Lead = lead, Follow = new("after/t1", "a") });
        Assert.Empty(await OpenAsync(IntentState.Pending));
        Assert.Equal(2, (await Store.HeadAsync(Stop)).Sequence);
        Assert.Equal("marketingqualifiedlead", (await Store.FindAsync(Main, ["a"], Stop))["a"].CrmStage);
        Assert.Equal(["a"], await TakenIdsAsync());
    }

    [Fact]
    public async Task Opens_the_second_intent_with_the_end_of_the_first()
    {
        var clear = await DecideAsync("a", "t1", IntentStep.Clear);
        await AcceptAsync(("d2", "a"));
        await SettleAsync(new(Settled(clear, IntentState.Applied)) { Next = Some.Intent("t1", "a", IntentStep.Set) });
        Assert.Equal(IntentStep.Set, Assert.Single(await OpenAsync(IntentState.Pending)).Step);
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Refuses_a_second_end_of_a_transition()
    {
        var intent = await DecideAsync("a", "t1");
        await SettleAsync(new(Settled(intent, IntentState.Applied)) { Audit = Some.Applied("t1", "key-a") });
        await Assert.ThrowsAsync<StoreException>(() => SettleAsync(new(Settled(intent, IntentState.Applied)) { Audit = Some.Applied("t1", "key-a") }));
    }

    [Fact]
    public async Task Quarantines_a_lead_whose_intent_cannot_be_carried_out()
    {
        var intent = await DecideAsync("a", "t1");
        await AcceptAsync(("d2", "a"));
        await SettleAsync(new(Settled(intent, IntentState.Refused)) { Quarantine = "validation rule" });
        Assert.Equal("a", Assert.Single(await Store.QuarantinedAsync(Main, Stop)).LeadId);
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Suspects_every_open_intent_at_start()
    {
        await DecideAsync("a", "t1");
        Assert.Equal(1, await Store.SuspectOpenIntentsAsync(Main, T0.AddMinutes(2), Stop));
        Assert.Equal(T0.AddMinutes(2), await Store.NextIntentAsync(Main, Stop));
        Assert.Empty(await Store.IntentsAsync(Main, [IntentState.Unknown], Many, T0, Stop));
        Assert.Single(await Store.IntentsAsync(Main, [IntentState.Pending, IntentState.Unknown], Many, T0.AddMinutes(2), Stop));
    }

    private async Task<IntentRow> DecideAsync(string leadId, string transition, IntentStep step = IntentStep.Write, string? alias = null)
    {
        var intent = Some.Intent(transition, leadId, step);
        await AcceptAsync(($"before/{transition}", leadId));
        await RecordAsync(Some.Pass(await TakeOneAsync(), Some.Lead(leadId)) with
        {
            Aliases = alias is null ? [] : [alias],
            Audit = [Some.Decided(transition, Some.Lead(leadId).LeadKey)],
            Intents = [intent],
        });
        return intent;
    }

    private Task SettleAsync(Settlement settlement) => Store.SettleAsync([settlement], T0, Stop);

    private Task<IReadOnlyList<IntentRow>> OpenAsync(IntentState state) => Store.IntentsAsync(Main, [state], Many, T0, Stop);

    private static IntentRow Settled(IntentRow intent, IntentState state) => intent with { State = state, SettledAt = T0 };
}
