using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;
using static CrmSync.Tests.WriteBack.WriteBackBench;

namespace CrmSync.Tests.WriteBack;

/// <summary>Marketing changes its request between our guarding read and our write, which empties the one that it followed.</summary>
public sealed class OverwrittenRequestTests
{
    private static readonly ChangeActor Us = new(ChangeActorKind.Integration);
    private static readonly ChangeActor Marketing = new(ChangeActorKind.Person, "m-1");
    private static readonly FieldChange Sent = new("send", T0.AddMinutes(-5), Marketing);
    private static readonly FieldChange Held = new("hold", T0.AddSeconds(1), Marketing);
    private static readonly FieldChange Emptied = new(null, T0.AddSeconds(2), Us);

    private static IntentRow Following { get; } = Of(Offer);

    public static TheoryData<string, FieldChange[], string?> Histories { get; } = new()
    {
        { "nobody came", [Sent, Emptied], null },
        { "another request came", [Sent, Held, Emptied], "hold" },
        { "it came and went", [Sent, Held, new("send", T0.AddSeconds(1.5), Marketing), Emptied], null },
        { "they emptied it themselves", [Sent, new(null, T0.AddSeconds(1), Marketing)], null },
        { "an older one that we emptied long ago", [Held with { At = T0.AddDays(-2) }, Emptied with { At = T0.AddDays(-1) }, Sent, new(null, T0.AddSeconds(1), Marketing)], null },
        { "one that came after ours", [Sent, Emptied, Held with { At = T0.AddSeconds(3) }], null },
        { "one before ours and one after it", [Sent, Held, Emptied, new("dispute", T0.AddSeconds(3), Marketing)], "hold" },
        { "all within one second", [Sent, Held with { At = T0.AddSeconds(2) }, Emptied], "hold" },
        { "an earlier step of the same second had emptied another", [Held with { At = T0.AddSeconds(2) }, Emptied, Sent with { At = T0.AddSeconds(2) }, Emptied], null },
        { "one came after an earlier step of the same second", [Sent with { At = T0.AddSeconds(2) }, Emptied, Held with { At = T0.AddSeconds(2) }, Emptied], "hold" },
        { "another program emptied what came after ours", [Sent, Emptied, Held with { At = T0.AddSeconds(3) }, Emptied with { At = T0.AddSeconds(9) }], null },
        { "one that was not there any more when we looked", [Held with { At = T0.AddDays(-2) }, Emptied], null },
        { "what is no request", [Sent, Held with { Value = "Hold" }, Emptied], null },
        { "nothing is told", [], null },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void Is_what_stood_before_ours_and_was_not_seen(string name, FieldChange[] history, string? lost)
    {
        Assert.NotEmpty(name);
        Assert.Equal(lost, OverwrittenRequest.Find(Following, Shown(Following, history))?.Value);
    }

    [Theory]
    [InlineData(-47 * 60, false)]
    [InlineData(2, true)]
    public void An_answer_that_an_earlier_step_of_the_same_second_emptied_is_none_to_this_offer(int givenAfterGuard, bool isOfIt)
    {
        var offer = Offer with { Body = Offer.Body with { GuardedAt = T0.AddSeconds(2), Fields = new Dictionary<string, string?>(Offer.Body.Fields) { [HandoverFields.Decision] = null } } };
        var shown = Shown(offer, []) with { AnswerHistory = [new("accept", T0.AddSeconds(givenAfterGuard), new(ChangeActorKind.Person, "rep-1")), Emptied] };

        Assert.Equal(isOfIt ? "accept" : null, Overwritten.Find(offer, shown, kept: false)?.Wiped?.Value);
    }

    [Fact]
    public void A_write_that_leaves_the_request_alone_goes_over_none()
    {
        Assert.Null(OverwrittenRequest.Find(Offer, Shown(Offer, [Sent, Held, Emptied])));
    }

    [Fact]
    public void Where_our_marker_stands_no_more_nothing_is_told()
    {
        var shown = Shown(Following, [Sent, Held, Emptied]);
        Assert.Null(OverwrittenRequest.Find(Following, shown with { Fields = new Dictionary<string, string> { [HandoverFields.Marker] = "another" } }));
    }

    [Fact]
    public void The_write_stands_and_the_request_is_to_be_given_back()
    {
        var settled = Settle(Following, WriteOutcome.Applied);

        Assert.Equal((IntentState.Applied, "hold", "m-1"), (settled.Intent.State, settled.Lost!.Request!.Value.Value, settled.Lost.Request.Value.PersonId));
        Assert.Equal("mql", settled.Lead!.CrmStage);
        Assert.Null(settled.Lost.Stage);
    }

    [Fact]
    public void Where_the_CRM_kept_its_stage_the_request_is_given_back_all_the_same()
    {
        var settled = Settle(Following, WriteOutcome.Unchanged);

        Assert.Equal((IntentState.Conflict, "hold"), (settled.Intent.State, settled.Lost!.Request!.Value.Value));
        Assert.Null(settled.Quarantine);
    }

    [Fact]
    public void The_first_of_two_requests_gives_stage_and_request_back_and_the_second_is_not_sent()
    {
        var settled = Settle(Of(Clear), WriteOutcome.Applied);

        Assert.Equal((IntentState.Conflict, null), (settled.Intent.State, settled.Next));
        Assert.Equal(("mql", "hold"), (settled.Lost!.Stage!.Value.Value, settled.Lost.Request!.Value.Value));
    }

    [Fact]
    public void A_stage_and_a_request_that_both_came_are_both_seen()
    {
        var shown = Shown(Of(Clear), [Sent, Held, Emptied]) with { StageHistory = [new("mql", T0.AddHours(-1), Us), new("sql", T0.AddSeconds(1), Marketing), new(null, T0.AddSeconds(2), Us)] };
        var settled = OverlapSettling.Of(Of(Clear), Storage.Some.Lead(Lead), Overwritten.Find(Of(Clear), shown, kept: false)!.Value, WriteOutcome.Applied, T0.AddSeconds(3));

        Assert.Equal(("sql", "hold"), (settled.Lost!.Stage!.Value.Value, settled.Lost.Request!.Value.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nobody_can_look_the_write_does_not_count_as_done_yet(bool follows)
    {
        await using var bench = await WithAsync(follows ? Following : Offer);
        bench.Crm.Records[Lead] = bench.Crm.Records[Lead] with { Lead = bench.Crm.Records[Lead].Lead! with { Fields = follows ? new Dictionary<string, string> { [HandoverFields.Request] = "send" } : [] } };
        bench.Crm.ReadFault = (ReadDepth.GuardHistory, new CrmException(CrmFailure.Transient, "HTTP 502"));
        await bench.WriteAsync();
        Assert.Equal(follows ? "write|unknown" : "write|applied", bench.Intents());
        if (!follows)
            return;

        bench.Crm.ReadFault = null;
        bench.Crm.Records[Lead] = bench.Crm.Records[Lead] with { Lead = Shown(Following, [Sent, Held, Emptied]) with { StageValue = "mql" } };
        bench.Clock.Advance(TimeSpan.FromMinutes(3));
        await bench.SettleAsync();

        Assert.Equal("write|applied", bench.Intents());
        Assert.Equal("hold", Assert.Single(await bench.Store.LostEditsAsync("main", [Lead], TestContext.Current.CancellationToken)).Request!.Value.Value);
    }

    [Fact]
    public async Task Where_our_marker_stands_beside_another_stage_it_is_a_conflict_and_the_request_is_given_back()
    {
        await using var bench = await WithAsync(Following);
        bench.Crm.Records[Lead] = bench.Crm.Records[Lead] with { Lead = bench.Crm.Records[Lead].Lead! with { Fields = new Dictionary<string, string> { [HandoverFields.Request] = "send" } } };
        await bench.LoseReplyAsync();
        bench.Crm.Records[Lead] = bench.Crm.Records[Lead] with { Lead = Shown(Following, [Sent, Held, Emptied]) with { StageValue = "customer" } };
        bench.Clock.Advance(TimeSpan.FromMinutes(3));
        await bench.SettleAsync();

        Assert.Equal("write|conflict", bench.Intents());
        Assert.NotNull((await bench.LeadAsync()).Memory.ForeignStageAt);
        Assert.Equal("hold", Assert.Single(await bench.Store.LostEditsAsync("main", [Lead], TestContext.Current.CancellationToken)).Request!.Value.Value);
    }

    [Fact]
    public async Task An_answer_that_an_offer_emptied_is_found_by_the_second_look()
    {
        var offer = Offer with { Body = Offer.Body with { Fields = new Dictionary<string, string?>(Offer.Body.Fields) { [HandoverFields.Decision] = null } } };
        await using var bench = await WithAsync(offer);
        bench.Crm.ReadFault = (ReadDepth.GuardHistory, new CrmException(CrmFailure.Transient, "HTTP 502"));
        await bench.WriteAsync();
        Assert.Equal("write|unknown", bench.Intents());

        bench.Crm.ReadFault = null;
        bench.Crm.Records[Lead] = bench.Crm.Records[Lead] with
        {
            Lead = Shown(offer, []) with { StageValue = "mql", AnswerHistory = [new("accept", T0.AddSeconds(1), new(ChangeActorKind.Person, "rep-1")), new(null, T0.AddSeconds(2), Us)] },
        };
        bench.Clock.Advance(TimeSpan.FromMinutes(3));
        await bench.SettleAsync();

        Assert.Equal(("write|applied", "accept"), (bench.Intents(), (await bench.LeadAsync()).Memory.Wiped!.Value));
    }

    private static IntentRow Of(IntentRow intent) => intent with
    {
        Body = intent.Body with { ExpectedRequest = "send", Fields = new Dictionary<string, string?>(intent.Body.Fields) { [HandoverFields.Request] = null } },
    };

    private static Settlement Settle(IntentRow intent, WriteOutcome outcome) => OverlapSettling.Of(
        intent, Storage.Some.Lead(Lead), Overwritten.Find(intent, Shown(intent, [Sent, Held, Emptied]), kept: false)!.Value, outcome, T0.AddSeconds(3));

    private static CrmLead Shown(IntentRow intent, FieldChange[] history) => new()
    {
        Ref = new("main", Lead), ObjectKind = "contact", RequestHistory = history, MarkerSince = T0.AddSeconds(2),
        Fields = new Dictionary<string, string> { [HandoverFields.Marker] = intent.Body.Marker },
    };
}
