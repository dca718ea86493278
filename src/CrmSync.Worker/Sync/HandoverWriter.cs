using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Worker.Sync;

/// <summary>Words a step of the hand-over as one effect on the CRM record: stage, fields, texts and marker together.</summary>
/// <param name="storeId">The store's id as it is now: a restore renews it.</param>
/// <param name="zone">In which texts tell the time.</param>
internal sealed class HandoverWriter(Func<string> storeId, TimeZoneInfo zone)
{
    /// <summary>The tasks and notes beside the record.</summary>
    public ActivityPlan Activities { get; } = new(zone);

    /// <summary>The text for leads that are not offered.</summary>
    public NotYetEffect NotYet { get; } = new(storeId, zone);

    /// <summary>The answer to a request on which no step follows.</summary>
    public RequestEffect Requests { get; } = new(storeId);

    public IntentRow Intent(ConnectedCrm connection, CrmLead crm, LeadRecord lead, HandoverStep step, Assessed assessed, string transition, DateTimeOffset now)
    {
        var (stageStep, target) = StageOf(connection, crm, step);
        var clears = stageStep == StageStep.Clear;
        var marker = new EffectMarker(storeId(), lead.LeadKey, transition, clears).ToString();
        var intent = new IntentRow
        {
            TransitionId = transition,
            Step = clears ? IntentStep.Clear : IntentStep.Write,
            Connection = connection.Name,
            LeadKey = lead.LeadKey,
            LeadId = crm.Ref.Id,
            CreatedAt = now,
            NotBefore = now,
            Body = new()
            {
                StageStep = stageStep,
                FromStage = lead.Stage,
                ToStage = step.ToStage,
                Episode = step.Episode,
                Actor = ActorOf(step),
                RuleSetHash = assessed.Rules.Hash,
                EvidenceHash = assessed.Evidence.Value.Hash,
                Marker = marker,
                TargetStage = target,
                ExpectedStage = crm.StageValue,
                ExpectedMarker = crm.Fields.GetValueOrDefault(HandoverFields.Marker),
                ExpectedAnswer = crm.Fields.GetValueOrDefault(HandoverFields.Decision),
                ExpectedRequest = crm.Fields.GetValueOrDefault(HandoverFields.Request),
                Fields = FieldsOf(connection, crm, lead, step, assessed, marker),
                OwnerId = string.IsNullOrEmpty(crm.OwnerId) && (step.IsOffer || step.Episode.AssignedBy == AssignmentReason.Accepted) ? step.Episode.OwnerId : null,
                Activities = ActivitiesOf(connection, crm, lead, step, assessed, transition, now),
            },
        };
        return intent with { Body = intent.Body with { EchoPrint = OwnEcho.After(crm, intent.Body) } };
    }

    private IReadOnlyList<LeadActivity>? ActivitiesOf(
        ConnectedCrm connection, CrmLead crm, LeadRecord lead, HandoverStep step, Assessed assessed, string transition, DateTimeOffset now)
    {
        var activities = Activities.ForStep(connection, crm, lead, step, assessed, transition, now);
        if (!step.IsDispute || activities is not [var task])
            return activities;
        // A disputed rejection is asked of the named owner; where nobody is named or there, of whoever has the lead.
        var notice = step.Episode.EscalatedTo is null ? HandoverNotice.Disputed : HandoverNotice.Escalated;
        return [task.Then(Activities.ForNotice(connection, crm, lead, step.Episode, notice, assessed, transition, now, step.Episode.EscalatedTo))];
    }

    /// <summary>Forward is one request; back only where the mapping says so; a stage that account or record has no place for lives in our field.</summary>
    private static (StageStep Step, string? Target) StageOf(ConnectedCrm connection, CrmLead crm, HandoverStep step)
    {
        var stages = connection.Adapter.Stages;
        // A CRM may have several values for one of our stages: one that means the same already is not replaced.
        if (!crm.HoldsStage || crm.HasStageOfDeal || stages.ValueOf(step.ToStage) is not { } target || target == crm.StageValue || step.ToStage == crm.Stage)
            return (StageStep.Keep, crm.StageValue);
        if (!stages.IsBackwards(crm.StageValue, target))
            return (StageStep.Set, target);
        var mayGoBack = step.Episode.State is HandoverState.Rejected or HandoverState.Disqualified && connection.StageOnRejected == step.ToStage;
        return mayGoBack ? (StageStep.Clear, target) : (StageStep.Keep, crm.StageValue);
    }

    private Dictionary<string, string?> FieldsOf(
        ConnectedCrm connection, CrmLead crm, LeadRecord lead, HandoverStep step, Assessed assessed, string marker)
    {
        var fields = new Dictionary<string, string?>
        {
            [HandoverFields.Handover] = HandoverStateCode.Of(step.Episode.State),
            [HandoverFields.Marker] = marker,
        };
        if (step.Episode.State is HandoverState.AwaitingDecision or HandoverState.Held)
        {
            fields[HandoverFields.Fit] = Number(assessed.Evaluation.FitScore);
            fields[HandoverFields.Interest] = Number(assessed.Evaluation.InterestScore);
        }
        if (step.Episode.State == HandoverState.Withdrawn)
            fields[HandoverFields.Why] = fields[HandoverFields.Fit] = fields[HandoverFields.Interest] = null;
        else if (!step.IsOffer && step.Episode.State != HandoverState.Held && ActivityPlan.EndsOffer(lead.Episode, step.Episode))
            fields[HandoverFields.Why] = WhyText.Ended(assessed.Rules, assessed.Evaluation, assessed.Facts, step.Episode.State, step.At, zone, connection.Crm.Language);
        if (step.IsOffer)
        {
            // An old answer must not answer a new offer: both leave in the offer's own request.
            fields[HandoverFields.Decision] = null;
            fields[HandoverFields.DecisionText] = null;
            fields[HandoverFields.Due] = InstantText.Of(step.Episode.DueAt!.Value);
            fields[HandoverFields.Why] = WhyText.Offered(
                assessed.Rules, assessed.Evaluation, assessed.Facts, step.Episode.DueAt.Value, zone, connection.Crm.Language);
        }
        else
            fields[HandoverFields.Due] = null;
        // What our write wiped out stands in the record again, once it is what was decided on.
        if (Sighting.StandingAnswer(lead, crm) is null && lead.Memory.Wiped is { } wiped && wiped.Value == step.Episode.LastAnswer)
            (fields[HandoverFields.Decision], fields[HandoverFields.DecisionText]) = (wiped.Value, Sighting.CommentOf(lead, crm));
        if (step.Episode.State == HandoverState.Held)
            fields[HandoverFields.Why] = WhyText.NotYet(assessed.Rules, assessed.Evaluation, zone, connection.Crm.Language);
        // Followed, or made pointless by what happens now. "Hold" stands until marketing takes it back.
        if (crm.Fields.TryGetValue(HandoverFields.Request, out var request) && MarketingRequests.Read(request) != MarketingRequest.Hold)
            fields[HandoverFields.Request] = null;
        if (connection.Crm.Mapping.ReportFields)
            AddReport(fields, step.Episode, assessed.Rules);
        return fields;
    }

    private static void AddReport(Dictionary<string, string?> fields, Episode episode, RuleSet rules)
    {
        fields[HandoverFields.OfferedAt] = episode.OfferedAt is { } offered ? InstantText.Of(offered) : null;
        fields[HandoverFields.DecidedAt] = episode.DecidedAt is { } decided ? InstantText.Of(decided) : null;
        fields[HandoverFields.DecidedBy] = episode.DecidedBy;
        fields[HandoverFields.Episode] = Number(episode.Number);
        fields[HandoverFields.Rules] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rules.Name} v{rules.Version}");
    }

    private static string ActorOf(HandoverStep step) => step.Actor switch
    {
        StepActor.CrmSync => "crmsync",
        StepActor.Person => $"person:{step.PersonId}",
        _ => "unknown",
    };

    private static string Number(int score) => score.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
