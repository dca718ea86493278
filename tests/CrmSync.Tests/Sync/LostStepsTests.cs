using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Which merges the last step of a lost store had known of.</summary>
public sealed class LostStepsTests
{
    private static readonly DateTimeOffset Step = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_merge_before_the_step_is_within_it(int minutes, bool isWithin)
    {
        var crm = Crm("waiting") with { MarkerSince = Step, FormerSince = new Dictionary<string, DateTimeOffset> { ["b"] = Step.AddMinutes(minutes) } };
        Assert.Equal(isWithin, LostSteps.TakenOver(crm, Merged(HandoverState.AwaitingDecision)).ContainsKey("b"));
    }

    [Fact]
    public void Of_two_merges_each_has_its_own_date()
    {
        var crm = Crm("returned", "b", "c") with { MarkerSince = Step, FormerSince = new Dictionary<string, DateTimeOffset> { ["b"] = Step.AddHours(-1), ["c"] = Step.AddHours(1) } };
        Assert.Equal(["b"], LostSteps.TakenOver(crm, Merged(HandoverState.AwaitingDecision, "b", "c")).Keys);
    }

    [Theory]
    [InlineData("rejected", HandoverState.AwaitingDecision, true)]
    [InlineData("returned", HandoverState.Held, true)]
    [InlineData("rejected", HandoverState.Accepted, false)]
    [InlineData("waiting", HandoverState.AwaitingDecision, false)]
    [InlineData(null, HandoverState.AwaitingDecision, false)]
    public void Where_nobody_dates_it_an_answered_step_is_the_later_and_no_acceptance_is_lost(string? shown, HandoverState brought, bool isWithin) =>
        Assert.Equal(isWithin, LostSteps.TakenOver(Crm(shown), Merged(brought)).ContainsKey("b"));

    private static CrmLead Crm(string? handover, params string[] former) => new()
    {
        Ref = new("main", "a"), ObjectKind = "contact", FormerIds = former.Length > 0 ? former : ["b"],
        Fields = handover is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [HandoverFields.Handover] = handover },
    };

    private static Dictionary<string, LeadRecord> Merged(HandoverState state, params string[] ids) => (ids.Length > 0 ? ids : ["b"]).ToDictionary(id => id, id => new LeadRecord
    {
        LeadKey = $"key-{id}", Connection = "main", ObjectKind = "contact", LeadId = id, Episode = new() { Number = 1, State = state, OpenedAt = Step.AddDays(-1) }, Memory = new() { Salt = "s" },
    });
}
