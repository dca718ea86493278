using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>Weighs a lead by the rules in force and keeps what the judgement stands on.</summary>
internal sealed class Assessor(RuleSource source)
{
    private volatile RulesAtWork? _atWork;

    /// <summary>The facts that the rules in force may ask for.</summary>
    public FactCatalogue Catalogue => source.Current.Catalogue;

    public Assessed Assess(CrmMapping mapping, LeadRecord lead, LeadFacts facts, RepAnswer? answer, DateTimeOffset now)
    {
        var atWork = AtWork();
        var rules = atWork.Rules;
        var context = new LeadContext(now, CoolOffOf(lead.Episode), lead.Episode?.State.IsAccepted() == true);
        var evaluation = RuleEngine.Evaluate(rules, facts, context);
        var body = EvidenceBody.FactsOf(rules, facts, now);
        var salt = lead.Memory.Salt ?? throw new InvalidOperationException($"The lead {lead.LeadKey} was erased and is judged again.");
        var hash = EvidenceBody.Hash(salt, body);
        var data = new Lazy<string>(() => FactsPrint.OfData(rules, facts, salt));
        return new(atWork, evaluation, facts, hash, hash != lead.Memory.FactsHash)
        {
            EvidenceWith = assignment => EvidenceBody.Row(lead, salt, body, evaluation,
                new(now, answer, atWork.CalendarOf(rules.PolicyNamed(evaluation.Policy)), atWork.MappingOf(mapping)) { Assignment = assignment }),
            LeadKey = lead.LeadKey,
            Print = new(() => FactsPrint.Of(rules, facts, salt)),
            DataPrint = data,
            IsOtherThanReturned = lead.Episode is { State: HandoverState.Returned, DataAtReturn: { } returned } && FactsPrint.Differ(returned, data.Value),
        };
    }

    private RulesAtWork AtWork()
    {
        var rules = source.Current;
        return _atWork is { } last && ReferenceEquals(last.Rules, rules) ? last : _atWork = new(rules);
    }

    private static CoolOffPeriod? CoolOffOf(Episode? episode) => episode is { CoolOffUntil: { } until, IsOver: true }
        ? new(episode.SettledAt, until == DateTimeOffset.MaxValue ? null : until)
        : null;
}

/// <summary>A judgement and what it stands on.</summary>
internal sealed record Assessed(RulesAtWork AtWork, Evaluation Evaluation, LeadFacts Facts, string FactsHash, bool FactsChanged)
{
    private readonly Func<Assignment?, EvidenceRow> _evidence = _ => throw new InvalidOperationException("A judgement lacks its evidence.");

    public RuleSet Rules => AtWork.Rules;

    /// <summary>The time sales has to answer this lead.</summary>
    public SlaSettings Sla => Rules.SlaOf(Rules.PolicyNamed(Evaluation.Policy));

    public required string LeadKey { get; init; }

    /// <summary>When sales last spoke with the lead, where the CRM tells.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>How the lead's own deal stands, where the CRM tells it from others of the same person (<see cref="CrmLead.OwnDeal"/>, <see cref="CrmLead.Deals"/>).</summary>
    public DealStanding? OwnDeal { get; init; }

    /// <summary>The record is a deal itself: one that ended was there before, whether it was seen open or not.</summary>
    public bool IsDeal { get; init; }

    /// <summary>The data are not those on which sales sent the lead back.</summary>
    public required bool IsOtherThanReturned { get; init; }

    /// <summary>Of all that is known (<see cref="FactsPrint"/>); made when asked for: only a lead that waits for its offer needs it.</summary>
    public required Lazy<string> Print { get; init; }

    /// <summary>The same without what the lead did (<see cref="FactsPrint.OfData"/>): only a lead that is sent back, or was, needs it.</summary>
    public required Lazy<string> DataPrint { get; init; }

    /// <summary>Makes the evidence, with who gets the lead where that was decided too.</summary>
    public required Func<Assignment?, EvidenceRow> EvidenceWith
    {
        get => _evidence;
        init => (_evidence, Evidence) = (value, new(() => value(null)));
    }

    /// <summary>Made when asked for: most passes change nothing and keep none.</summary>
    public Lazy<EvidenceRow> Evidence { get; private init; } = null!;

    /// <summary>The same judgement, with who gets the lead.</summary>
    public Assessed With(Assignment assignment) => this with { Evidence = new(() => _evidence(assignment)) };

    public JudgementRow Judgement => new(LeadKey, Evaluation.At, Evidence.Value.Hash, Evaluation.Verdict.ToString());

    /// <summary>What the hand-over asks of the judgement.</summary>
    public LeadAssessment Assessment => new()
    {
        MarketingQualified = Evaluation.Mql == GateResult.Pass && Rules.MqlFrom != MqlSource.Crm,
        MayBeOffered = Evaluation.Offer == GateResult.Pass,
        SalesQualified = Evaluation.SalesQualified == GateResult.Pass,
        HandRaise = Evaluation.HandRaise,
        Blocked = Evaluation.Blockers.Count > 0,
        LatestEvidenceAt = Evaluation.LatestEvidenceAt,
        HandRaisedAt = Evaluation.HandRaisedAt,
        ContactedAt = ContactedAt,
        MeetingBookedAt = Facts[WellKnownFacts.EngagementPrefix + EngagementKinds.MeetingBooked] is { IsKnown: true, Engagement: var met } ? met.LastAt : null,
        NoDealLeft = OwnDeal is { } own ? own is DealStanding.Lost or DealStanding.None : Is(WellKnownFacts.DealOpen, false) && Is(WellKnownFacts.DealWon, false),
        DealOpen = OwnDeal is { } standing ? standing == DealStanding.Open : Is(WellKnownFacts.DealOpen, true),
        DealWon = OwnDeal is { } end ? end == DealStanding.Won : Is(WellKnownFacts.DealWon, true),
        IsDeal = IsDeal,
        DataChanged = IsOtherThanReturned,
    };

    private bool Is(string fact, bool flag) => Facts[fact] is { IsKnown: true } known && known.Flag == flag;
}
