using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using Some = CrmSync.Tests.Storage.Some;

namespace CrmSync.Tests.Sync;

/// <summary>When a lost edit is put back, and what is told of one that is not.</summary>
public sealed class AmendTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private static readonly LostEdit SetToSale = new("t1", false, "a") { Stage = new("customer", T0.AddSeconds(1), "7") };
    private static readonly IntentRow Offer = Some.Intent("t1", "a") with
    {
        State = IntentState.Applied,
        SettledAt = T0.AddSeconds(2),
        Body = Some.Intent("t1", "a").Body with
        {
            FromStage = LifecycleStage.Lead, TargetStage = "mql", ExpectedStage = "lead",
            Episode = new() { Number = 1, State = HandoverState.AwaitingDecision, OpenedAt = T0, OfferedAt = T0 },
        },
    };

    private readonly FakeCrm _crm = new();
    private readonly List<AuditDraft> _audit = [];

    private static LeadRecord Known => Some.Lead("a") with { Stage = LifecycleStage.MarketingQualified, CrmStage = "mql", Episode = Offer.Body.Episode };

    [Fact]
    public void What_stands_as_we_left_it_is_put_back_in_the_name_of_who_was_there()
    {
        var (lead, restored) = Make(Offer.Body.Marker, "mql", SetToSale);

        Assert.Equal((StageStep.Set, LifecycleStage.Customer, "customer", "mql", "person:7"),
            (restored!.Body.StageStep, restored.Body.ToStage!.Value, restored.Body.TargetStage, restored.Body.ExpectedStage, restored.Body.Actor));
        Assert.Equal(("Customer", T0.AddSeconds(1), "person:7"), (_audit[0].ToStage, _audit[0].At, _audit[0].Actor));
        Assert.Equal((LifecycleStage.Customer, T0.AddSeconds(1)), (lead.Stage, lead.Memory.PersonStageAt));
    }

    [Theory]
    [InlineData("v1.abc123.key-a.t2", "mql")] // we wrote again since
    [InlineData(null, "mql")]
    [InlineData("v1.abc123.key-a.t1", "sal")] // somebody moved it on
    public void What_changed_since_is_left_alone(string? marker, string stage) => Assert.Null(Make(marker, stage, SetToSale).Restored);

    [Fact]
    public void What_is_not_put_back_is_told_with_the_stage_of_ours_that_stands()
    {
        var (lead, _) = Make("v1.abc123.key-a.t2", "mql", SetToSale);

        Assert.Equal([("Customer", "person:7"), ("MarketingQualified", "crmsync")], _audit.Select(row => (row.ToStage!, row.Actor)));
        Assert.Equal((LifecycleStage.MarketingQualified, "mql"), (lead.Stage, lead.CrmStage));
    }

    [Fact]
    public void Of_a_record_that_is_gone_it_is_told_all_the_same()
    {
        var (lead, restored) = Make(null, null, SetToSale, isGone: true);

        Assert.Null(restored);
        Assert.Equal(["Customer", "MarketingQualified"], _audit.Select(row => row.ToStage));
        Assert.Equal("mql", lead.CrmStage);
    }

    [Theory]
    [InlineData(null, "customer")]
    [InlineData("sal", null)] // somebody set another one since
    public void What_the_first_of_two_requests_took_is_put_back_where_the_stage_is_still_empty(string? stands, string? restored)
    {
        _crm.Holds("a", stands, Offer.Body.Marker);
        var clear = Offer with { Step = IntentStep.Clear, State = IntentState.Conflict };
        var amend = new Amend(_crm.Connect(), _crm.Records["a"].Lead, clear, SetToSale with { Clears = true }, T0.AddSeconds(9));

        var restore = amend.Restore(amend.Tell(Known, _audit), "main", "abc123", "t9");

        Assert.Equal(restored, restore?.Body.TargetStage);
        Assert.Equal(restored is null ? null : LifecycleStage.Lead, restore?.Body.FromStage);
    }

    [Fact]
    public void What_stands_already_is_not_put_back() =>
        Assert.Null(Make(Offer.Body.Marker, "mql", SetToSale with { Stage = new("mql", T0.AddSeconds(1), "7") }).Restored);

    [Fact]
    public void Nothing_is_written_to_a_parked_lead() => Assert.Null(Make(Offer.Body.Marker, "mql", SetToSale, parked: true).Restored);

    [Fact]
    public void An_emptied_stage_is_told_and_not_emptied_again() =>
        Assert.Null(Make(Offer.Body.Marker, "mql", SetToSale with { Stage = new(null, T0.AddSeconds(1), "7") }).Restored);

    [Fact]
    public void An_answer_by_a_clock_behind_ours_came_after_the_offer_all_the_same()
    {
        var (lead, restored) = Make(Offer.Body.Marker, "mql", new("t1", false, "a") { Answer = new("accept", T0.AddSeconds(-5), "7"), Comment = "soon" });

        Assert.Null(restored);
        Assert.Equal(new("accept", T0, "7", "soon"), lead.Memory.Wiped);
    }

    [Fact]
    public void An_answer_to_an_offer_that_another_one_followed_is_none() =>
        Assert.Null(Make(Offer.Body.Marker, "mql", new("t1", false, "a") { Answer = new("accept", T0, "7") }, offeredAt: T0.AddDays(3)).Lead.Memory.Wiped);

    [Theory]
    [InlineData(null, null, "send")] // our write emptied the field
    [InlineData("hold", "hold", "send")] // our write gave another one back
    [InlineData(null, "hold", null)] // somebody has set one since
    [InlineData("hold", null, null)] // or emptied it
    [InlineData("send", "send", null)] // it stands already
    public void A_request_is_given_back_where_the_field_is_as_we_left_it(string? written, string? stands, string? restored)
    {
        _crm.Holds("a", "mql", Offer.Body.Marker);
        var crm = _crm.Records["a"].Lead!;
        var fields = new Dictionary<string, string>(crm.Fields);
        if (stands is not null)
            fields[HandoverFields.Request] = stands;
        var ours = Offer with { Body = Offer.Body with { Fields = new Dictionary<string, string?> { [HandoverFields.Request] = written } } };

        var restore = new Amend(_crm.Connect(), crm with { Fields = fields }, ours, new("t1", false, "a") { Request = new("send", T0, "7") }, T0.AddSeconds(9)).Restore(Known, "main", "abc123", "t9");

        Assert.Equal((restored, stands), (restore?.Body.Fields[HandoverFields.Request], restore is null ? stands : restore.Body.ExpectedRequest));
    }

    /// <summary>What our writes since found as a request, and left; and when the hand-over that they carry was offered and decided, in days after ours.</summary>
    [Theory]
    [InlineData("hold", null, null, null, null, true)]
    [InlineData("hold", null, null, -9, -1, true)]
    [InlineData("hold", null, null, null, 1, false)] // sales answered
    [InlineData("hold", "send", null, null, null, false)] // marketing asked for something else, which was followed
    [InlineData("hold", null, "send", null, null, false)]
    [InlineData("send", null, null, 1, null, false)] // it was offered
    [InlineData("dispute", null, null, 1, null, false)]
    [InlineData("hold", null, null, 1, null, true)]
    public void A_request_that_we_are_told_of_late_is_given_back_unless_a_write_since_answers_it(string wish, string? found, string? left, int? offered, int? decided, bool isGivenBack)
    {
        var next = Some.Intent("t2", "a");
        next = next with
        {
            Body = next.Body with
            {
                ExpectedRequest = found, Fields = new Dictionary<string, string?> { [HandoverFields.Request] = left },
                Episode = Known.Episode! with { OfferedAt = After(offered), DecidedAt = After(decided) },
            },
        };
        var plain = Some.Intent("t3", "a");

        var (overtaken, restored) = Late(wish, [plain with { Body = plain.Body with { Fields = new Dictionary<string, string?>() } }, next]);

        Assert.Equal(isGivenBack ? wish : null, restored?.Body.Fields[HandoverFields.Request]);
        Assert.Equal(isGivenBack, overtaken is null);
    }

    [Fact]
    public void A_request_on_a_record_that_others_wrote_since_is_left_alone_and_told() => Assert.Equal((MarketingRequest.Hold, null), Late("hold", null));

    [Fact]
    public void Of_two_requests_the_later_one_counts() => Assert.Equal((MarketingRequest.Hold, null), Late("hold", [], isFollowed: true));

    [Fact]
    public void A_request_on_a_parked_lead_is_told() => Assert.Equal((MarketingRequest.Hold, null), Late("hold", [], parked: true));

    [Fact]
    public void A_stage_that_is_not_put_back_with_a_request_is_told_as_ours_again()
    {
        _crm.Holds("a", "mql", "v1.abc123.key-a.t2");
        var ours = Offer with { Body = Offer.Body with { Fields = new Dictionary<string, string?> { [HandoverFields.Request] = null } } };
        var amend = new Amend(_crm.Connect(), _crm.Records["a"].Lead, ours, SetToSale with { Request = new("hold", T0, "7") }, T0.AddDays(2)) { Since = [] };

        var told = amend.Tell(Known, _audit);
        Assert.False(amend.RestoresStage(told));
        var restore = amend.Restore(amend.GiveUp(told, _audit), "main", "abc123", "t9")!;

        Assert.Equal([("Customer", "person:7"), ("MarketingQualified", "crmsync")], _audit.Select(row => (row.ToStage!, row.Actor)));
        Assert.Equal((StageStep.Keep, LifecycleStage.MarketingQualified, LifecycleStage.MarketingQualified, "mql"), (restore.Body.StageStep, restore.Body.FromStage!.Value, restore.Body.ToStage!.Value, restore.Body.TargetStage));
    }

    private static DateTimeOffset? After(int? days) => days is { } n ? Offer.CreatedAt.AddDays(n) : null;

    /// <summary>Told two days after our refusal of another request, behind these writes.</summary>
    private (MarketingRequest? Overtaken, IntentRow? Restored) Late(string wish, IReadOnlyList<IntentRow>? since, bool isFollowed = false, bool parked = false)
    {
        _crm.Holds("a", "mql", "v1.abc123.key-a.t3");
        var ours = Offer with { Body = Offer.Body with { Episode = Known.Episode! with { OfferedAt = After(-9) }, Fields = new Dictionary<string, string?> { [HandoverFields.Request] = null } } };
        var amend = new Amend(_crm.Connect(), _crm.Records["a"].Lead, ours, new("t1", false, "a") { Request = new(wish, T0, "7") }, T0.AddDays(2)) { Since = since, IsFollowed = isFollowed };
        var known = Known with { Memory = new() { Parked = parked ? new(T0, []) : null } };
        return (amend.Overtaken(known), amend.Restore(known, "main", "abc123", "t9"));
    }

    private (LeadRecord Lead, IntentRow? Restored) Make(string? marker, string? stage, LostEdit edit, bool isGone = false, bool parked = false, DateTimeOffset? offeredAt = null)
    {
        _crm.Holds("a", stage, marker);
        var known = Known with
        {
            Episode = Offer.Body.Episode! with { OfferedAt = offeredAt ?? T0 },
            Memory = new() { Parked = parked ? new(T0, []) : null },
        };
        var amend = new Amend(_crm.Connect(), isGone ? null : _crm.Records["a"].Lead, Offer, edit, T0.AddSeconds(9));
        var lead = amend.Tell(known, _audit);
        var restored = amend.Restore(lead, "main", "abc123", "t9");
        return (restored is null ? amend.GiveUp(lead, _audit) : lead, restored);
    }
}
