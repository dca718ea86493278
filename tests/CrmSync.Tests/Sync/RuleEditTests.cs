using CrmSync.Adapters;
using CrmSync.Leads;
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
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rules-{Guid.NewGuid():N}.yaml");
    private readonly RuleSource _source;
    private readonly LeadJudge _judge;

    public RuleEditTests()
    {
        File.WriteAllText(_path, RuleSamples.ShippedText);
        _source = RuleSource.Open(_path).Source!;
        _judge = new(new(_source), new("abc123", RuleSamples.Copenhagen), new FixedIds());
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Opens_no_hand_over_by_an_edit_alone()
    {
        var before = Judge(Known, Now.AddDays(-1));
        Assert.Equal((null, "NotReady"), (before.Moved, before.Watched.Judgement!.Verdict));
        Loosen();
        var after = Judge(before.Watched.Lead!, Now.AddDays(-1));
        Assert.Null(after.Moved);
        Assert.Null(after.Watched.Lead!.Episode);
    }

    [Fact]
    public void Opens_one_by_something_the_lead_did_since()
    {
        Loosen();
        Assert.Equal(HandoverState.AwaitingDecision, Judge(Known, RuleSamples.On(11, 21).At).Moved!.Intents.Single().Body.Episode!.State);
    }

    [Fact]
    public void Opens_no_closed_hand_over_again_by_an_edit_alone()
    {
        var closed = new Episode { Number = 1, State = HandoverState.Rejected, OpenedAt = Now.AddDays(-9), DecidedAt = Now.AddHours(-2), CoolOffUntil = Now.AddHours(-1) };
        Loosen();
        var judged = Judge(Known with { Stage = LifecycleStage.MarketingQualified, CrmStage = "mql", Episode = closed }, Now.AddDays(-100), "mql");
        Assert.Null(judged.Moved);
        Assert.Equal("no newer evidence", judged.Watched.Lead!.Memory.Suppressed);
    }

    private static LeadRecord Known => Storage.Some.Lead("a") with { Memory = new() { Salt = "0123" } };

    private void Loosen()
    {
        File.WriteAllText(_path, RuleSamples.ShippedText.Replace("interest: 30,", "interest: 15,"));
        Assert.True(_source.TryReload().Changed);
    }

    /// <summary>The lead of the golden text that is not ready yet; it last did something on 22 November.</summary>
    private JudgedLead Judge(LeadRecord known, DateTimeOffset live, string stage = "lead")
    {
        var crm = new CrmLead
        {
            Ref = new("main", "a"),
            ObjectKind = "contact",
            StageValue = stage,
            Stage = FakeCrm.Funnel.StageOf(stage),
            Facts = RuleSamples.NotYet().Build(),
            Fields = new Dictionary<string, string>(),
        };
        return _judge.Judge(new FakeCrm().Connect(), new("a", 1, 0), new("a", CrmReadingKind.Found, crm), known, new Dictionary<string, LeadRecord>(), live, Now);
    }

    private sealed class FixedIds : IIds
    {
        public string New() => "0000000000000001";
    }
}
