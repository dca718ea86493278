using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Support;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>One reading of one lead, and what it leads to.</summary>
public sealed class LeadJudgeTests
{
    private static readonly DateTimeOffset Now = RuleSamples.Judged;
    private static readonly DateTimeOffset Start = Now.AddDays(-100);
    private static readonly ChangeActor Rep = new(ChangeActorKind.Person, "rep-1");
    private readonly LeadJudge _judge = new(
        new(RuleSource.Open(Path.Combine(AppContext.BaseDirectory, "sal-rules.yaml")).Source!), new(() => "abc123", RuleSamples.Copenhagen), new CountedIds());

    private ConnectedCrm Connection { get; init; } = new FakeCrm().Connect();

    [Fact]
    public void Offers_a_qualified_lead_with_its_reasons_in_one_request()
    {
        var judged = Judge(Crm(), Known());
        var intent = Assert.Single(judged.Moved!.Intents);
        Assert.True(judged.IsOwnMove);
        Assert.Equal((StageStep.Set, "mql", "lead"), (intent.Body.StageStep, intent.Body.TargetStage, intent.Body.ExpectedStage));
        Assert.Equal("waiting", intent.Body.Fields[HandoverFields.Handover]);
        Assert.Equal(intent.Body.Marker, intent.Body.Fields[HandoverFields.Marker]);
        Assert.StartsWith("v1.abc123.key-a.", intent.Body.Marker, StringComparison.Ordinal);
        Assert.Null(intent.Body.Fields[HandoverFields.Decision]);
        Assert.Null(intent.Body.Fields[HandoverFields.DecisionText]);
        Assert.NotEmpty(intent.Body.Fields[HandoverFields.Why]!);
        Assert.Equal(AuditKind.Decided, Assert.Single(judged.Moved.Audit).Kind);
        Assert.Equal(intent.Body.EvidenceHash, judged.Moved.Evidence!.Hash);
    }

    [Fact]
    public void Sends_no_stage_to_a_record_that_has_no_place_for_one()
    {
        var judged = Judge(Crm() with { HoldsStage = false }, Known());

        var intent = Assert.Single(judged.Moved!.Intents);
        Assert.Equal((StageStep.Keep, "lead", LifecycleStage.MarketingQualified), (intent.Body.StageStep, intent.Body.TargetStage, intent.Body.ToStage));
        Assert.Equal("waiting", intent.Body.Fields[HandoverFields.Handover]);
    }

    [Fact]
    public void Sends_no_stage_where_a_deal_shows_a_further_one_and_looks_at_what_comes_of_it()
    {
        var judged = Judge(Crm() with { HasStageOfDeal = true, Print = "p" }, Known()).Moved!.Intents.Single().Body;
        var beside = Judge(Crm() with { Print = "p" }, Known()).Moved!.Intents.Single().Body;

        Assert.Equal((StageStep.Keep, null), (judged.StageStep, judged.EchoPrint));
        Assert.Equal(StageStep.Set, beside.StageStep);
        Assert.NotNull(beside.EchoPrint);
    }

    [Theory]
    [InlineData("lead", 0)]
    [InlineData(null, 0)]
    [InlineData("sal", 1)]
    public void Takes_a_stage_that_a_record_has_no_place_for_as_news_only_where_it_goes_further(string? stage, int rows)
    {
        var known = Known() with { Stage = LifecycleStage.MarketingQualified, CrmStage = "mql" };

        Assert.Equal(rows, Judge(Crm(stage) with { HoldsStage = false }, known).Watched.Audit.Count(r => r.Kind == AuditKind.Observed));
        Assert.Single(Judge(Crm(stage), known).Watched.Audit, r => r.Kind == AuditKind.Observed);
    }

    [Fact]
    public void Changes_the_episode_only_when_the_crm_has_confirmed_it() => Assert.Null(Judge(Crm(), Known()).Moved!.Lead!.Episode);

    [Fact]
    public void Decides_nothing_in_shadow_but_keeps_its_judgement()
    {
        var judged = Judge(Crm(), Known(), live: null);
        Assert.Null(judged.Moved);
        Assert.Equal("Offer", judged.Watched.Judgement!.Verdict);
    }

    [Fact]
    public void Gives_a_lead_at_first_sight_a_salt_that_is_no_name_and_hashes_its_evidence_with_it()
    {
        var judged = Judge(Crm(), null);

        Assert.StartsWith("5a17", judged.Watched.Lead!.Memory.Salt, StringComparison.Ordinal);
        Assert.Equal(judged.Watched.Lead.Memory.Salt, judged.Watched.Evidence!.Salt);
    }

    [Fact]
    public void Notes_the_first_sight_of_a_lead()
    {
        var judged = Judge(Crm("mql") with { StageSince = Now.AddDays(-3) }, null, live: null);
        var row = Assert.Single(judged.Watched.Audit);
        Assert.Equal((AuditKind.Observed, null, "MarketingQualified", Now.AddDays(-3), "unknown"), (row.Kind, row.FromStage, row.ToStage, row.At, row.Actor));
        Assert.Equal((LifecycleStage.MarketingQualified, "mql"), (judged.Watched.Lead!.Stage, judged.Watched.Lead.CrmStage));
        Assert.Equal(32, judged.Watched.Lead.Memory.Salt!.Length);
    }

    [Fact]
    public void Notes_who_moved_the_stage_and_when()
    {
        var crm = Crm("sal") with { StageHistory = [new("lead", Now.AddDays(-9), Rep), new("sal", Now.AddHours(-2), Rep)] };
        var judged = Judge(crm, Known());
        var row = Assert.Single(judged.Watched.Audit);
        Assert.Equal(("Lead", "SalesAccepted", Now.AddHours(-2), "person:rep-1"), (row.FromStage, row.ToStage, row.At, row.Actor));
        Assert.Equal(Now.AddHours(-2), judged.Watched.Lead!.Memory.ForeignStageAt);
    }

    [Theory]
    [InlineData(ChangeActorKind.Automation, "automation")]
    [InlineData(ChangeActorKind.Workflow, "automation")]
    [InlineData(ChangeActorKind.Integration, "automation")]
    [InlineData(ChangeActorKind.Unknown, "unknown")]
    public void Names_who_did_it_as_far_as_the_crm_tells(ChangeActorKind kind, string actor)
    {
        Assert.Equal(actor, Observation.ActorOf(new(kind, "7")));
        Assert.Equal("unknown", Observation.ActorOf(new(ChangeActorKind.Person)));
    }

    [Fact]
    public void Notes_nothing_when_nothing_changed()
    {
        var first = Judge(Crm(), Known(), live: null).Watched.Lead!;
        var again = Judge(Crm(), first, live: null).Watched;
        Assert.Empty(again.Audit);
        Assert.Null(again.Evidence);
        Assert.Null(again.Judgement);
    }

    [Fact]
    public void Leaves_a_stage_outside_the_model_alone()
    {
        var judged = Judge(Crm("evangelist"), Known());
        Assert.Null(judged.Moved);
        Assert.Null(judged.Watched.Lead!.Stage);
    }

    [Theory]
    [InlineData(ChangeActorKind.Person, HandoverState.Accepted)]
    [InlineData(ChangeActorKind.Automation, null)]
    [InlineData(ChangeActorKind.Workflow, null)]
    [InlineData(ChangeActorKind.Integration, null)]
    public void Takes_a_written_answer_from_people_only(ChangeActorKind who, HandoverState? becomes)
    {
        var crm = Crm("mql", answer: "accept") with { AnswerHistory = [new("accept", Now.AddMinutes(-5), new(who, "rep-1"))] };
        var judged = Judge(crm, Offered());
        Assert.Equal(becomes, judged.Moved?.Intents.Single().Body.Episode!.State);
        if (becomes is not null)
            Assert.Equal(("person:rep-1", false), (judged.Moved!.Intents[0].Body.Actor, judged.IsOwnMove));
    }

    [Fact]
    public void Takes_no_old_answer_that_came_back()
    {
        var crm = Crm("mql", answer: "accept") with { AnswerHistory = [new("accept", Now.AddDays(-3), Rep), new(null, Now.AddHours(-2), Rep)] };
        Assert.Null(Judge(crm, Offered()).Moved);
    }

    [Theory]
    [InlineData("v1.abc123.key-a.t1", 0, 0, null, true)]
    [InlineData("v1.abc123.key-a.t1", 0, -1, null, false)]
    [InlineData("v1.abc123.key-a.t0", 0, 0, null, false)]
    [InlineData("v1.abc123.key-a.t1", 0, 0, "key-b/1", true)]
    [InlineData("v1.abc123.key-a.t1", -3600, 0, "key-b/1", false)]
    public void Takes_an_answer_that_the_crm_dates_by_the_second_of_our_offer_and_that_stands_beside_it(
        string marker, int markerAfterOffer, int answerAfterOffer, string? mergedFrom, bool counts)
    {
        var (offer, second) = (Offered(), Now.AddHours(-2).AddMilliseconds(-363));
        var crm = Crm("mql", answer: "accept");
        crm = crm with
        {
            Fields = new Dictionary<string, string>(crm.Fields) { [HandoverFields.Marker] = marker },
            MarkerSince = second.AddSeconds(markerAfterOffer),
            AnswerHistory = [new("accept", second.AddSeconds(-5), Rep), new(null, second, new(ChangeActorKind.Integration)), new("accept", second.AddSeconds(answerAfterOffer), Rep)],
        };

        var moved = Judge(crm, offer with { Episode = offer.Episode! with { MergedFrom = mergedFrom }, Memory = offer.Memory with { Marker = "v1.abc123.key-a.t1" } }).Moved;

        Assert.Equal(counts ? offer.Episode!.OfferedAt : null, moved?.Intents.Single().Body.Episode!.DecidedAt);
    }

    /// <summary>Our offer had emptied the field in the moment in which somebody answered it.</summary>
    [Theory]
    [InlineData("rep-1", "reject_no_need", 3600)]
    [InlineData("rep-2", "reject_no_need", 60)]
    [InlineData("rep-1", "accept", 60)]
    public void Takes_an_answer_that_its_giver_repeats_as_given_the_first_time(string first, string word, int secondsAgo)
    {
        var offer = Offered();
        var lead = offer with { Memory = offer.Memory with { Wiped = new(word, Now.AddHours(-1), first) } };
        var crm = Crm("mql", answer: "reject_no_need") with { AnswerHistory = [new("reject_no_need", Now.AddMinutes(-1), Rep)] };

        Assert.Equal(Now.AddSeconds(-secondsAgo), Judge(crm, lead).Moved?.Intents.Single().Body.Episode!.DecidedAt);
    }

    [Fact]
    public void Writes_a_rejection_without_touching_the_stage()
    {
        var body = Rejected(null).Body;
        Assert.Equal((StageStep.Keep, "mql", "rejected"), (body.StageStep, body.TargetStage, body.Fields[HandoverFields.Handover]));
        Assert.Null(body.Fields[HandoverFields.Due]);
    }

    [Fact]
    public void Goes_back_in_two_requests_where_the_mapping_says_so()
    {
        var intent = Rejected(LifecycleStage.Lead);
        Assert.Equal((IntentStep.Clear, StageStep.Clear, "lead"), (intent.Step, intent.Body.StageStep, intent.Body.TargetStage));
        Assert.EndsWith(".c", intent.Body.Marker, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_stage_where_the_account_has_none_of_that_name()
    {
        var crm = new FakeCrm { Stages = new(new Dictionary<LifecycleStage, string> { [LifecycleStage.Lead] = "lead" }, new Dictionary<string, LifecycleStage>(), ["lead"]) };
        var body = JudgeOn(crm.Connect(), Crm(), Known(), Start).Moved!.Intents.Single().Body;
        Assert.Equal((StageStep.Keep, "lead"), (body.StageStep, body.TargetStage));
    }

    [Fact]
    public void Never_goes_back_to_sal_for_an_acceptance_of_a_customer()
    {
        var lead = Offered() with { Stage = LifecycleStage.Customer, CrmStage = "customer" };
        var crm = Crm("customer", answer: "accept") with { AnswerHistory = [new("accept", Now.AddMinutes(-5), Rep)] };
        Assert.Equal(StageStep.Keep, Judge(crm, lead).Moved!.Intents.Single().Body.StageStep);
    }

    [Fact]
    public void Remembers_the_stage_an_accepted_lead_was_taken_back_from_until_it_is_there_again()
    {
        var accepted = Offered() with { Stage = LifecycleStage.Customer, CrmStage = "customer", Episode = Handover.Some.Episode(HandoverState.Accepted) };
        var back = Judge(Crm("sal"), accepted).Watched.Lead!;
        Assert.Equal(LifecycleStage.Customer, back.Memory.TakenBackFrom);
        var further = Judge(Crm("mql"), back).Watched.Lead!;
        Assert.Equal(LifecycleStage.Customer, further.Memory.TakenBackFrom);
        Assert.Null(Judge(Crm("customer"), further).Watched.Lead!.Memory.TakenBackFrom);
    }

    [Theory]
    [InlineData(null, 0, EpisodeOutcome.Won)]
    [InlineData(DealStanding.Open, -1, EpisodeOutcome.Open)]
    [InlineData(DealStanding.Won, -1, EpisodeOutcome.Won)]
    [InlineData(DealStanding.Lost, -1, EpisodeOutcome.Lost)]
    [InlineData(DealStanding.Lost, -30, EpisodeOutcome.Won)] // an earlier round's
    [InlineData(DealStanding.Open, -30, EpisodeOutcome.Open)]
    public void What_came_of_a_lead_is_told_by_its_own_deal_of_this_round_and_by_another_one_of_the_person_only_where_there_is_none(DealStanding? own, int hours, EpisodeOutcome outcome)
    {
        var crm = Crm("mql") with
        {
            Facts = RuleSamples.Offered().Set(WellKnownFacts.DealWon, FactValue.Of(true)).Build(),
            OwnDeal = own is { } standing ? new(standing, Now.AddHours(hours)) : null,
        };

        var judged = Judge(crm, Accepted());

        Assert.Equal(outcome, (judged.Moved is { Intents: [var intent, ..] } ? intent.Body.Episode?.Outcome : null) ?? judged.Moved?.Lead?.Episode?.Outcome ?? judged.Watched.Lead!.Episode!.Outcome);
    }

    [Theory]
    [InlineData(DealStanding.Won, -40, -30, false, EpisodeOutcome.Open)] // bought before
    [InlineData(DealStanding.Won, -40, -30, true, EpisodeOutcome.Open)] // and the lead was joined to that
    [InlineData(DealStanding.Won, -40, -1, false, EpisodeOutcome.Open)] // a sale that was under way before
    [InlineData(DealStanding.Won, -40, -1, true, EpisodeOutcome.Won)]
    [InlineData(DealStanding.Won, -1, -1, false, EpisodeOutcome.Won)]
    [InlineData(DealStanding.Lost, -1, -1, false, EpisodeOutcome.Open)] // nobody saw it open: as with CRMs that tell of no dates
    public void What_came_of_a_hand_over_is_told_by_its_own_deals_and_by_no_older_one(DealStanding stands, int madeHours, int sinceHours, bool named, EpisodeOutcome outcome)
    {
        var crm = Crm("mql") with
        {
            Facts = RuleSamples.Offered().Set(WellKnownFacts.DealWon, FactValue.Of(stands == DealStanding.Won)).Build(),
            Deals = [new(stands, Now.AddHours(madeHours), Now.AddHours(sinceHours), named)],
        };

        var judged = Judge(crm, Accepted());

        Assert.Equal(outcome, (judged.Moved is { Intents: [var intent, ..] } ? intent.Body.Episode?.Outcome : null) ?? judged.Moved?.Lead?.Episode?.Outcome ?? judged.Watched.Lead!.Episode!.Outcome);
    }

    [Theory]
    [InlineData(-30, 0, "sal")] // it was there before the lead came into it
    [InlineData(0, 1, null)] // it was made of the lead, and somebody has moved it since
    public void A_record_that_a_lead_went_into_moves_nobody_back_by_the_stage_that_it_had(int madeDays, int rows, string? written)
    {
        var lead = Accepted() with { ObjectKind = "lead", Stage = LifecycleStage.SalesAccepted, CrmStage = "sal" };
        var crm = Crm("mql") with { CreatedAt = Now.AddDays(madeDays), FormerIds = ["a"], FormerSince = new Dictionary<string, DateTimeOffset> { ["a"] = Now } };

        var judged = Judge(crm, lead);
        var again = Judge(crm, judged.Watched.Lead! with { CrmStage = "sal" });

        Assert.Equal(rows, judged.Watched.Audit.Count(r => r.Kind == AuditKind.Observed));
        Assert.Equal(rows == 1, judged.Watched.Lead!.Memory.TakenBackFrom is not null);
        Assert.Equal(written, judged.Moved?.Intents is [{ Body: { StageStep: StageStep.Set } body }] ? body.TargetStage : null);
        Assert.Equal("contact", judged.Watched.Lead.ObjectKind);
        Assert.NotNull(again.Watched.Lead!.Memory.TakenBackFrom); // from then on a step back is one
    }

    [Fact]
    public void What_sales_had_accepted_is_written_into_such_a_record_until_it_stands_there()
    {
        var lead = Accepted() with { ObjectKind = "lead", Stage = LifecycleStage.SalesAccepted, CrmStage = "sal" };
        var crm = Crm("mql") with { CreatedAt = Now.AddDays(-30), FormerIds = ["a"], FormerSince = new Dictionary<string, DateTimeOffset> { ["a"] = Now } };

        var parked = Judge(crm, lead with { Memory = lead.Memory with { Parked = new(Now, []) } });
        var freed = parked.Watched.Lead! with { Memory = parked.Watched.Lead.Memory with { Parked = null } };
        var there = Judge(crm with { StageValue = "sal", Stage = LifecycleStage.SalesAccepted }, freed with { CrmStage = "sal" });

        Assert.Null(parked.Moved);
        Assert.Null(Judge(crm, freed, live: null).Moved);
        Assert.Equal("sal", Judge(crm, freed).Moved!.Intents.Single().Body.TargetStage);
        Assert.Null(there.Moved);
    }

    [Fact]
    public void Suppresses_once_and_says_why()
    {
        var resting = Offered() with { Episode = Handover.Some.Episode(HandoverState.Rejected) with { DecidedAt = Now.AddHours(-1), CoolOffUntil = Now.AddDays(90) } };
        var first = Judge(Crm("mql"), resting).Watched;
        if (first.Lead!.Memory.Suppressed is null)
            Assert.Fail("the shipped rules no longer call a lead in cool-off qualified");
        Assert.Equal([AuditKind.Suppressed], first.Audit.Select(r => r.Kind));
        Assert.Empty(Judge(Crm("mql"), first.Lead).Watched.Audit);
    }

    [Theory]
    [InlineData(HandoverState.AwaitingDecision, HandoverState.Withdrawn)]
    [InlineData(HandoverState.Held, HandoverState.Withdrawn)]
    [InlineData(HandoverState.Accepted, HandoverState.Accepted)]
    [InlineData(HandoverState.Rejected, HandoverState.Rejected)]
    public void Ends_what_was_undecided_when_the_record_is_deleted(HandoverState open, HandoverState becomes)
    {
        var lead = Known() with { Episode = Handover.Some.Episode(open) };
        var pass = Judge(new CrmReading("a", CrmReadingKind.Gone), lead).Watched;
        Assert.Equal((becomes, true), (pass.Lead!.Episode!.State, pass.Lead.Memory.IsGone));
        Assert.Equal(AuditKind.Observed, Assert.Single(pass.Audit).Kind);
        Assert.Empty(Judge(new CrmReading("a", CrmReadingKind.Gone), pass.Lead).Watched.Audit);
    }

    [Fact]
    public void Ends_nothing_when_the_id_means_the_survivor_already()
    {
        var survivor = Offered() with { LeadId = "b" };
        var pass = _judge.Judge(Connection, new("a", 1, 0), new("a", CrmReadingKind.Moved, MovedTo: "b"), survivor, Others(survivor), Start, Now).Watched;
        Assert.Null(pass.Lead);
        Assert.Empty(pass.Audit);
    }

    [Fact]
    public void Leaves_a_known_lead_its_own_id_when_another_swallows_it()
    {
        var loser = Offered() with { LeadKey = "another", LeadId = "b" };
        var pass = _judge.Judge(Connection, new("a", 1, 0), new("a", CrmReadingKind.Found, Crm() with { FormerIds = ["b", "c"] }), Known(), Others(loser), Start, Now).Watched;
        Assert.Equal(["c"], pass.Aliases);
        Assert.Equal("b", Assert.Single(pass.Follow).LeadId);
    }

    [Fact]
    public void Follows_a_merged_lead_to_its_survivor()
    {
        var pass = Judge(new CrmReading("a", CrmReadingKind.Moved, MovedTo: "b"), Known()).Watched;
        Assert.Equal("b", Assert.Single(pass.Follow).LeadId);
        Assert.Equal(["b"], pass.Aliases);
        var besideKnown = Judge(new CrmReading("a", CrmReadingKind.Moved, MovedTo: "b"), Offered(), survivorKnown: true).Watched;
        Assert.Equal(HandoverState.Superseded, besideKnown.Lead!.Episode!.State);
        Assert.Empty(besideKnown.Aliases);
    }

    [Fact]
    public void Counts_a_hand_over_once_whose_survivor_came_back_from_the_bin()
    {
        var gone = Accepted() with { LeadKey = "another", LeadId = "b", Memory = new() { Salt = "4567", IsGone = true } };
        var survivor = _judge.Judge(Connection, new("a", 1, 0), new("a", CrmReadingKind.Found, Crm() with { FormerIds = ["b"] }), Known(), Others(gone), Start, Now).Watched;
        Assert.Equal("another/1", survivor.Lead!.Episode!.MergedFrom);
        Assert.Equal("b", Assert.Single(survivor.Follow).LeadId);

        var loser = _judge.Judge(Connection, new("b", 1, 0), new("b", CrmReadingKind.Moved, MovedTo: "a"), gone, Others(survivor.Lead), Start, Now).Watched;
        Assert.Equal((HandoverState.Superseded, "Superseded"), (loser.Lead!.Episode!.State, Assert.Single(loser.Audit).HandoverState));

        // Once that is done, nothing asks for it any more.
        var again = _judge.Judge(Connection, new("a", 1, 0), new("a", CrmReadingKind.Found, Crm() with { FormerIds = ["b"] }), survivor.Lead, Others(loser.Lead), Start, Now).Watched;
        Assert.Empty(again.Follow);
    }

    [Theory]
    [InlineData("customer", HandoverState.Accepted, 1)]
    [InlineData("sal", HandoverState.Accepted, null)]
    [InlineData("customer", HandoverState.Rejected, null)]
    public void A_sale_after_one_that_was_lost_is_the_accepted_leads(string stage, HandoverState state, int? episode)
    {
        var lost = Accepted() with { CrmStage = "mql" };
        lost = lost with { Episode = lost.Episode! with { State = state, Outcome = EpisodeOutcome.Lost, EndedAt = Now.AddDays(-1) } };
        Assert.Equal(episode, Judge(Crm(stage), lost).Watched.Audit[0].Episode);
    }

    [Fact]
    public void Has_nothing_to_say_of_a_stranger_who_is_gone()
    {
        var pass = Judge(new CrmReading("a", CrmReadingKind.Gone), null).Watched;
        Assert.Null(pass.Lead);
        Assert.Empty(pass.Audit);
    }

    private IntentRow Rejected(LifecycleStage? stageOnRejected)
    {
        var crm = Crm("mql", answer: "reject_no_need") with { AnswerHistory = [new("reject_no_need", Now.AddMinutes(-5), Rep)] };
        return JudgeOn(new FakeCrm().Connect(stageOnRejected: stageOnRejected), crm, Offered(), Start).Moved!.Intents.Single();
    }

    private static LeadRecord Known() => Storage.Some.Lead("a") with { Memory = new() { Salt = "0123" } };

    /// <summary>Offered two hours ago.</summary>
    private static LeadRecord Offered() => Known() with
    {
        Stage = LifecycleStage.MarketingQualified,
        CrmStage = "mql",
        Episode = new() { Number = 1, State = HandoverState.AwaitingDecision, OpenedAt = Now.AddHours(-2), OfferedAt = Now.AddHours(-2), DueAt = Now.AddDays(1) },
    };

    private static LeadRecord Accepted()
    {
        var offered = Offered();
        return offered with { Episode = offered.Episode! with { State = HandoverState.Accepted, DecidedAt = Now.AddHours(-1) } };
    }

    private static CrmLead Crm(string? stage = "lead", string? answer = null) => new()
    {
        Ref = new("main", "a"),
        ObjectKind = "contact",
        StageValue = stage,
        Stage = FakeCrm.Funnel.StageOf(stage),
        Facts = RuleSamples.Offered().Build(),
        Fields = answer is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [HandoverFields.Decision] = answer },
    };

    private JudgedLead Judge(CrmLead crm, LeadRecord? known) => Judge(crm, known, Start);

    private JudgedLead Judge(CrmLead crm, LeadRecord? known, DateTimeOffset? live) => JudgeOn(Connection, crm, known, live);

    private JudgedLead Judge(CrmReading reading, LeadRecord? known, bool survivorKnown = false) =>
        _judge.Judge(Connection, new("a", 1, 0), reading, known, Others(survivorKnown ? Known() with { LeadKey = "another", LeadId = "b" } : null), Start, Now);

    private JudgedLead JudgeOn(ConnectedCrm connection, CrmLead crm, LeadRecord? known, DateTimeOffset? live) =>
        _judge.Judge(connection, new("a", 1, 0), new("a", CrmReadingKind.Found, crm), known, Others(null), live, Now);

    private static Dictionary<string, LeadRecord> Others(LeadRecord? other) =>
        other is null ? [] : new Dictionary<string, LeadRecord> { [other.LeadId] = other };

    private sealed class CountedIds : IIds
    {
        private int _count;

        public string New() => $"{++_count:x16}";

        public string Salt() => $"5a17{++_count:x28}";
    }
}
