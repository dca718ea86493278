using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Support;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Rules are edited while a lead waits for its offer: held, or sent back by sales.</summary>
public sealed class RuleEditOfferTests : IDisposable
{
    private static readonly DateTimeOffset Now = RuleSamples.Judged;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rules-{Guid.NewGuid():N}.yaml");
    private readonly RuleSource _source;
    private readonly LeadJudge _judge;

    public RuleEditOfferTests()
    {
        File.WriteAllText(_path, RuleSamples.ShippedText);
        _source = RuleSource.Open(_path).Source!;
        _judge = new(new(_source), new(() => "abc123", RuleSamples.Copenhagen), new FixedIds());
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Offers_no_held_lead_by_an_edit_alone()
    {
        var held = Held();
        Assert.Null(StateOf(Judge(held, Competitor())));
        TurnTheBlockerRound();
        var after = Judge(held, Competitor());
        Assert.Null(StateOf(after));
        Edit(("value: true }\n    text: { en: Competitor", "value: false }\n    text: { en: Competitor"), ("interest: 30,", "interest: 29,"));
        Assert.Null(StateOf(Judge(after.Watched.Lead!, Competitor())));
    }

    [Fact]
    public void Offers_a_held_lead_by_what_was_not_there_before_the_edit()
    {
        var held = Held();
        TurnTheBlockerRound();
        var after = Judge(held, Competitor()).Watched.Lead!;
        LeadFacts.Builder[] released =
        [
            Competitor().Did(EngagementKinds.EmailClick, RuleSamples.On(11, 23)),
            Competitor().Set(WellKnownFacts.PersonPhone, FactValue.Of("+45 12 34 56 78")),
        ];
        Assert.All(released, lead => Assert.Equal(HandoverState.AwaitingDecision, StateOf(Judge(held, lead))));
        Assert.All(released, lead => Assert.Equal(HandoverState.AwaitingDecision, StateOf(Judge(after, lead))));
    }

    [Fact]
    public void Offers_a_held_lead_when_a_fact_of_the_rule_file_changes() =>
        Assert.Equal(HandoverState.AwaitingDecision, StateOf(Judge(Held(), RuleSamples.Offered().Set("company.competitor", FactValue.Of(false)))));

    [Fact]
    public void Offers_no_returned_lead_because_the_rules_name_another_fact()
    {
        var returned = Returned(RuleSamples.Offered());
        Edit(("{ fact: consent.optedOut, op: eq, value: true }", "{ fact: engagement.emailOpen, op: countWithin, value: 9, within: 30d }"));
        var after = Judge(returned, RuleSamples.Offered()).Watched.Lead!;
        Assert.Null(StateOf(Judge(after, RuleSamples.Offered())));
        Assert.Equal(HandoverState.AwaitingDecision, StateOf(Judge(after, RuleSamples.Offered().Set(WellKnownFacts.PersonPhone, FactValue.Of("+45 12 34 56 78")))));
    }

    [Fact]
    public void Offers_no_returned_lead_because_the_rule_file_reads_a_fact_of_its_own()
    {
        var returned = Returned(RuleSamples.Offered());
        Edit(("type: flag\n    personal: false\n    from: {}", "type: flag\n    personal: false\n    from: { main: competitor }"));
        var known = RuleSamples.Offered().Set("company.competitor", FactValue.Of(false));
        var after = Judge(returned, known);
        Assert.Null(StateOf(after));
        Assert.Equal(HandoverState.AwaitingDecision, StateOf(Judge(after.Watched.Lead!, RuleSamples.Offered())));
    }

    [Fact]
    public void Offers_no_returned_lead_because_time_passes()
    {
        LeadFacts.Builder Lead() => RuleSamples.Offered().Did(EngagementKinds.EmailClick, new EngagementAct(Now.AddDays(-399)));
        var (returned, later) = (Returned(Lead()), Now.AddDays(2));
        Assert.Null(StateOf(Judge(returned, Lead(), now: later)));
        Assert.Equal(HandoverState.AwaitingDecision, StateOf(Judge(returned, Lead().Set(WellKnownFacts.PersonPhone, FactValue.Of("+45 12 34 56 78")), now: later)));
    }

    /// <summary>A competitor, ready but for that: blocked by the shipped rules.</summary>
    private static LeadFacts.Builder Competitor() => RuleSamples.Offered().Set("company.competitor", FactValue.Of(true));

    private LeadRecord Held() => Taken(Judge(Storage.Some.Lead("a") with { Memory = new() { Salt = "0123" } }, Competitor(), "lead"), HandoverState.Held);

    private LeadRecord Returned(LeadFacts.Builder lead)
    {
        var offered = Judge(Storage.Some.Lead("a") with { Memory = new() { Salt = "0123" } }, lead, "lead");
        return Taken(Judge(Taken(offered, HandoverState.AwaitingDecision), lead, answer: "return"), HandoverState.Returned);
    }

    /// <summary>The lead once the CRM has taken the step.</summary>
    private static LeadRecord Taken(JudgedLead judged, HandoverState state)
    {
        Assert.Equal(state, StateOf(judged));
        return judged.Watched.Lead! with
        {
            Stage = LifecycleStage.MarketingQualified,
            CrmStage = "mql",
            Episode = judged.Moved!.Intents.Single().Body.Episode,
        };
    }

    private static HandoverState? StateOf(JudgedLead judged) => judged.Moved?.Intents.Single().Body.Episode!.State;

    private void TurnTheBlockerRound() => Edit(("value: true }\n    text: { en: Competitor", "value: false }\n    text: { en: Competitor"));

    private void Edit(params (string Was, string Becomes)[] changes)
    {
        Assert.All(changes, change => Assert.Contains(change.Was, RuleSamples.ShippedText));
        File.WriteAllText(_path, changes.Aggregate(RuleSamples.ShippedText, (text, change) => text.Replace(change.Was, change.Becomes)));
        Assert.True(_source.TryReload().Changed);
    }

    private JudgedLead Judge(LeadRecord known, LeadFacts.Builder lead, string stage = "mql", string? answer = null, DateTimeOffset? now = null) => _judge.Judge(
        new FakeCrm().Connect(), new("a", 1, 0), new("a", CrmReadingKind.Found, Crm(lead, stage, answer)), known, new Dictionary<string, LeadRecord>(),
        Now.AddDays(-100), now ?? Now);

    private static CrmLead Crm(LeadFacts.Builder lead, string stage, string? answer) => new()
    {
        Ref = new("main", "a"),
        ObjectKind = "contact",
        StageValue = stage,
        Stage = FakeCrm.Funnel.StageOf(stage),
        Facts = lead.Build(),
        Fields = answer is null ? new Dictionary<string, string>() : new() { [HandoverFields.Decision] = answer },
    };

    private sealed class FixedIds : IIds
    {
        public string New() => "0000000000000001";

        public string Salt() => "00000000000000000000000000000002";
    }
}
