using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;
using static CrmSync.Tests.WriteBack.WriteBackBench;

namespace CrmSync.Tests.WriteBack;

/// <summary>What the telling of a write shows that the guard did not see.</summary>
public sealed class LostEditsTests
{
    private static readonly ToldWrite Told = new(Lead, Offer.Body.Marker) { Stage = new("lead") };

    [Fact]
    public void What_was_expected_is_no_loss() => Assert.Null(LostEdits.Of(Offer, Told));

    [Theory]
    [InlineData("sql")]
    [InlineData(null)]
    public void A_stage_that_was_not_expected_is_one(string? stage) => Assert.Equal(new ToldValue(stage, T0, "7"), LostEdits.Of(Offer, Told with { Stage = new(stage, T0, "7") })!.Stage);

    [Fact]
    public void Somebody_who_said_the_same_lost_nothing() => Assert.Null(LostEdits.Of(Offer, Told with { Stage = new("mql") }));

    [Fact]
    public void Somebody_who_put_it_there_long_before_is_not_who_did_it_now() =>
        Assert.Equal(new ToldValue("sql"), LostEdits.Of(Offer, Told with { Stage = new("sql", Offer.CreatedAt.AddMinutes(-2), "7") })!.Stage);

    [Fact]
    public void A_write_of_another_marker_or_lead_tells_nothing_of_this_one()
    {
        Assert.Null(LostEdits.Of(Offer, Told with { Stage = new("sql"), Marker = "v1.store.other.t1" }));
        Assert.Null(LostEdits.Of(Offer, Told with { Stage = new("sql"), LeadId = "b" }));
    }

    [Fact]
    public void What_was_no_part_of_the_write_stands_still()
    {
        var text = Offer with { Body = Offer.Body with { StageStep = StageStep.Keep, Fields = new Dictionary<string, string?>() } };
        Assert.Null(LostEdits.Of(text, Told with { Stage = new("sql"), Answer = new("accept"), Request = new("hold") }));
    }

    [Fact]
    public void An_answer_that_was_not_there_before_is_lost_with_its_comment_and_an_old_one_is_not()
    {
        var offer = Wiping(expected: "reject_no_need");
        var edit = LostEdits.Of(offer, Told with { Answer = new("accept", T0, "7"), Comment = new("call first", offer.CreatedAt.AddSeconds(1), "7") })!;

        Assert.Equal(("accept", "call first"), (edit.Answer!.Value.Value, edit.Comment));
        Assert.Null(LostEdits.Of(offer, Told with { Answer = new("reject_no_need") }));
        Assert.Null(LostEdits.Of(offer, Told with { Answer = new(null) }));
        Assert.Null(LostEdits.Of(offer, Told with { Answer = new("accept"), Comment = new("of an older answer", offer.CreatedAt.AddSeconds(-1), "7") })!.Comment);
        Assert.Null(LostEdits.Of(offer, Told with { Answer = new("accept"), Comment = new("by nobody knows whom", offer.CreatedAt.AddSeconds(1)) })!.Comment);
    }

    [Fact]
    public void A_request_that_took_the_place_of_the_one_we_followed_is_lost()
    {
        var offer = Offer with { Body = Offer.Body with { ExpectedRequest = "send", Fields = new Dictionary<string, string?>(Offer.Body.Fields) { [HandoverFields.Request] = null } } };

        Assert.Equal("hold", LostEdits.Of(offer, Told with { Request = new("hold") })!.Request!.Value.Value);
        Assert.Null(LostEdits.Of(offer, Told with { Request = new("send") }));
        Assert.Null(LostEdits.Of(offer, Told with { Request = new(null) }));
    }

    private static IntentRow Wiping(string? expected) => Offer with
    {
        Body = Offer.Body with
        {
            ExpectedAnswer = expected,
            Fields = new Dictionary<string, string?>(Offer.Body.Fields) { [HandoverFields.Decision] = null, [HandoverFields.DecisionText] = null },
        },
    };
}
