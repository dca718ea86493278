using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Support;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Since when a lead rests, and on which evidence it says so.</summary>
public sealed class PauseTests
{
    private static readonly DateTimeOffset Now = RuleSamples.Judged;
    private readonly LeadJudge _judge = new(
        new(RuleSource.Open(Path.Combine(AppContext.BaseDirectory, "sal-rules.yaml")).Source!), new(() => "abc123", RuleSamples.Copenhagen), new Ids());

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void A_hand_raised_while_sales_had_the_lead_lifts_no_pause_that_came_after_it(int hoursFromHandToEnd, bool comesBack)
    {
        var hand = Now.AddHours(-5);
        var lost = new Episode
        {
            Number = 1, State = HandoverState.Accepted, Outcome = EpisodeOutcome.Lost, OpenedAt = Now.AddDays(-20), OfferedAt = Now.AddDays(-20), DecidedAt = Now.AddDays(-19),
            EndedAt = hand.AddHours(hoursFromHandToEnd), EndedStage = LifecycleStage.MarketingQualified, CoolOffUntil = Now.AddDays(90),
        };
        var facts = RuleSamples.Offered().Did(EngagementKinds.HandRaise, new EngagementAct(hand, 1, "Demo request")).Build();

        var judged = Judge(Known(lost), Crm(facts), null);

        Assert.Equal(comesBack, judged.Moved is not null);
        Assert.Equal(comesBack, (judged.Moved ?? judged.Watched).Judgement!.Verdict == "Offer");
    }

    [Fact]
    public void What_is_noted_beside_a_step_stands_on_the_evidence_that_is_kept()
    {
        var loser = Known(new()
        {
            Number = 1, State = HandoverState.AwaitingDecision, OpenedAt = Now.AddHours(-2), OfferedAt = Now.AddHours(-2), DueAt = Now.AddDays(1),
        }) with { LeadKey = "key-b", LeadId = "b" };
        // An automation's answer is suppressed, and the offer that the merge brought is written where people now look for it.
        var crm = Crm(RuleSamples.Offered().Build()) with
        {
            FormerIds = ["b"],
            Fields = new Dictionary<string, string> { [HandoverFields.Decision] = "accept" },
            AnswerHistory = [new("accept", Now.AddMinutes(-5), new(ChangeActorKind.Automation))],
        };

        var judged = Judge(Known(null), crm, loser);
        var pass = judged.Offer!.To(new("rep-7", AssignmentReason.LeadOwner));

        var suppressed = Assert.Single(pass.Audit, row => row.Kind == AuditKind.Suppressed);
        Assert.NotEqual(judged.Watched.Evidence!.Hash, pass.Evidence!.Hash);
        Assert.Equal(pass.Evidence.Hash, suppressed.EvidenceHash);
    }

    private static LeadRecord Known(Episode? episode) => Storage.Some.Lead("a") with
    {
        Stage = LifecycleStage.MarketingQualified, CrmStage = "mql", Episode = episode, Memory = new() { Salt = "0123" },
    };

    private static CrmLead Crm(LeadFacts facts) => new()
    {
        Ref = new("main", "a"), ObjectKind = "contact", StageValue = "mql", Stage = LifecycleStage.MarketingQualified, Facts = facts,
    };

    private JudgedLead Judge(LeadRecord known, CrmLead crm, LeadRecord? other) => _judge.Judge(
        new FakeCrm().Connect(), new("a", 1, 0), new("a", CrmReadingKind.Found, crm), known,
        other is null ? new Dictionary<string, LeadRecord>() : new Dictionary<string, LeadRecord> { [other.LeadId] = other }, Now.AddDays(-100), Now);

    private sealed class Ids : IIds
    {
        private int _count;

        public string New() => $"{++_count:x16}";

        public string Salt() => $"5a17{++_count:x28}";
    }
}
