using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Which hand-over goes on where several records became one.</summary>
public sealed class MergingTests
{
    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void A_record_merged_into_one_that_was_merged_brings_nothing_of_its_own(string first, string second)
    {
        var waiting = Handover.Some.Offer;
        var a = Lead("a") with { Memory = new() { IsGone = true, MergedEpisode = waiting } };
        // Into b, where sales said no to it since.
        var no = waiting with { State = HandoverState.Rejected, DecidedAt = Handover.Some.Now, CoolOffUntil = Handover.Some.Now.AddDays(90), MergedFrom = "a/1" };
        var b = Lead("b") with { Episode = no, Memory = new() { Absorbed = ["a"] } };

        var survivor = Merging.Absorb(Lead("c"), Crm("c", first, second), new Dictionary<string, LeadRecord> { ["a"] = a, ["b"] = b }, [], []);

        Assert.Equal((HandoverState.Rejected, "b/1"), (survivor.Episode!.State, survivor.Episode.MergedFrom));
    }

    private static LeadRecord Lead(string id) => Storage.Some.Lead(id) with { LeadKey = id, Stage = LifecycleStage.MarketingQualified };

    private static CrmLead Crm(string id, params string[] former) => new() { Ref = new("main", id), ObjectKind = "contact", FormerIds = former };
}
