using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Support;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Rules are edited while leads lie still: what a looser gate may do, and what it may not.</summary>
public sealed class RuleEditTests : IDisposable
{
    private static readonly DateTimeOffset Now = RuleSamples.Judged;
    private static readonly DateTimeOffset Start = Now.AddDays(-100);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rules-{Guid.NewGuid():N}.yaml");
    private readonly RuleSource _source;
    private readonly LeadJudge _judge;

    public RuleEditTests()
    {
        File.WriteAllText(_path, RuleSamples.ShippedText);
        _source = RuleSource.Open(_path).Source!;
        _judge = new(new(_source), new(() => "abc123", RuleSamples.Copenhagen), new FixedIds());
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Opens_no_hand_over_by_an_edit_alone()
    {
        var before = Judge(Known, Start);
        Assert.Equal((null, "NotReady"), (before.Moved, before.Watched.Judgement!.Verdict));
        Loosen();
        var after = Judge(before.Watched.Lead!, Start);
        Assert.Equal((null, "the rules changed, and nothing newer happened"), (after.Moved, after.Watched.Lead!.Memory.Suppressed));
        Assert.Equal(Worker.Audit.AuditKind.Suppressed, Assert.Single(after.Watched.Audit).Kind);
        Assert.Null(Judge(after.Watched.Lead, Start).Moved);
        Assert.NotNull(Judge(after.Watched.Lead, Start, did: RuleSamples.On(11, 23)).Moved);
    }

    [Fact]
    public void Opens_none_by_letting_the_rules_decide()
    {
        Edit(("mqlFrom: both", "mqlFrom: crm"), ("interest: 30,", "interest: 15,"));
        var before = Judge(Known, Start).Watched.Lead!;
        Loosen();
        Assert.Null(Judge(before, Start).Moved);
    }

    [Fact]
    public void Opens_one_by_an_act_that_was_not_there_before()
    {
        var before = Judge(Known, Start).Watched.Lead!;
        Loosen();
        var act = RuleSamples.On(11, 22) with { At = RuleSamples.On(11, 22).At.AddMinutes(1) };
        Assert.Equal(HandoverState.AwaitingDecision, Judge(before, Start, did: act).Moved!.Intents.Single().Body.Episode!.State);
    }

    [Fact]
    public void Opens_one_by_the_first_act_of_all()
    {
        var before = _judge.Judge(new FakeCrm().Connect(), new("a", 1, 0), new("a", CrmReadingKind.Found, Crm(RuleSamples.Lead())), Known, Nobody, Start, Now).Watched.Lead!;
        Loosen();
        Assert.NotNull(Judge(before, Start).Moved);
    }

    [Fact]
    public void Opens_one_for_a_lead_that_no_rules_have_judged_before()
    {
        Loosen();
        Assert.NotNull(Judge(Known, Start).Moved);
        Assert.Null(Judge(Known, Now.AddDays(-1)).Moved);
    }

    [Fact]
    public void Stops_no_lead_that_was_qualified_before_the_edit()
    {
        Loosen();
        var shadow = Judge(Known, null).Watched.Lead!;
        Edit(("interest: 30,", "interest: 16,"));
        Assert.NotNull(Judge(shadow, Start).Moved);
    }

    [Fact]
    public void Opens_no_closed_hand_over_again_by_an_edit_alone()
    {
        var closed = new Episode { Number = 1, State = HandoverState.Rejected, OpenedAt = Now.AddDays(-9), DecidedAt = Now.AddHours(-2), CoolOffUntil = Now.AddHours(-1) };
        Loosen();
        var judged = Judge(Known with { Stage = LifecycleStage.MarketingQualified, CrmStage = "mql", Episode = closed }, Start, "mql");
        Assert.Null(judged.Moved);
        Assert.Equal("no newer evidence", judged.Watched.Lead!.Memory.Suppressed);
    }

    private static Dictionary<string, LeadRecord> Nobody => [];

    private static LeadRecord Known => Storage.Some.Lead("a") with { Memory = new() { Salt = "0123" } };

    private void Loosen() => Edit(("interest: 30,", "interest: 15,"));

    private void Edit(params (string Was, string Becomes)[] changes)
    {
        File.WriteAllText(_path, changes.Aggregate(RuleSamples.ShippedText, (text, change) => text.Replace(change.Was, change.Becomes)));
        Assert.True(_source.TryReload().Changed);
    }

    /// <summary>The lead of the golden text that is not ready yet; it last did something on 22 November.</summary>
    private JudgedLead Judge(LeadRecord known, DateTimeOffset? live, string stage = "lead", EngagementAct? did = null)
    {
        var lead = RuleSamples.NotYet();
        if (did is { } act)
            lead.Did(EngagementKinds.EmailClick, act);
        return _judge.Judge(new FakeCrm().Connect(), new("a", 1, 0), new("a", CrmReadingKind.Found, Crm(lead, stage)), known, Nobody, live, Now);
    }

    private static CrmLead Crm(LeadFacts.Builder lead, string stage = "lead") => new()
    {
        Ref = new("main", "a"),
        ObjectKind = "contact",
        StageValue = stage,
        Stage = FakeCrm.Funnel.StageOf(stage),
        Facts = lead.Build(),
        Fields = new Dictionary<string, string>(),
    };

    private sealed class FixedIds : IIds
    {
        public string New() => "0000000000000001";

        public string Salt() => "00000000000000000000000000000002";
    }
}
