using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Which tasks and notes go with the hand-over: one task an episode, changed by reminders and closed by whatever ends the
/// offer; one note a decision. Keys are made of what the audit names, so that each comes out the same however often.
/// </summary>
internal sealed class ActivityPlan(TimeZoneInfo zone)
{
    public static string TaskKey(string leadKey, int episode) => $"task/{leadKey}/{episode}";

    /// <summary>What a step of the hand-over asks for once it is applied; null: nothing.</summary>
    public IReadOnlyList<LeadActivity>? ForStep(
        ConnectedCrm connection, CrmLead crm, LeadRecord lead, HandoverStep step, Assessed assessed, string transition, DateTimeOffset now)
    {
        if (step.IsOffer)
            return [Offer(connection, crm, lead, step.Episode, assessed)];
        if (!EndsOffer(lead.Episode, step.Episode))
            return null;
        var activities = new List<LeadActivity>();
        if (step.Episode.OfferedAt is not null)
            activities.Add(Change(crm, lead, step.Episode) with { Completed = true });
        if (NoteOf(connection, crm, lead, step) is { } text)
            activities.Add(Note(crm, $"note/{transition}", text, (DateTimeOffset?)step.At ?? now));
        return activities;
    }

    /// <summary>
    /// What is to be told while the state stays: a change of the offer's task, which is made again where the episode says so, or
    /// a note where there is no open offer.
    /// </summary>
    /// <param name="id">Names the notice: random, and stored with it.</param>
    /// <param name="ownerId">Who has the task from now on; null: whoever has it.</param>
    public LeadActivity ForNotice(
        ConnectedCrm connection, CrmLead crm, LeadRecord lead, Episode? episode, HandoverNotice notice, Assessed assessed, string id, DateTimeOffset now,
        string? ownerId = null)
    {
        if (episode is null || notice == HandoverNotice.NoOpenOffer)
            return Note(crm, $"note/{id}", NothingToAnswer(Sighting.AnswerOf(lead, crm)?.Value ?? crm.Fields.GetValueOrDefault(HandoverFields.Decision), episode, connection.Crm.Language), now);
        var language = connection.Crm.Language;
        // The task of what is decided is closed: nobody reads there that a change of the answer lacks its reason.
        if (notice == HandoverNotice.AnswerIncomplete && episode.State != HandoverState.AwaitingDecision)
            return Note(crm, $"note/{id}", DecisionNote.SayWhy(language), now);
        var change = episode.TaskRemadeAt == now ? Offer(connection, crm, lead, episode, assessed) : Change(crm, lead, episode);
        change = change with { OwnerId = ownerId ?? change.OwnerId };
        return notice == HandoverNotice.ReopenTask
            ? change with { Completed = false, Body = TaskText.Body(assessed.Rules, assessed.Evaluation, zone, language, notice) }
            : change with
            {
                Urgent = true,
                Title = TitleOf(connection, crm, episode, assessed, notice),
                Body = notice == HandoverNotice.AnswerIncomplete ? TaskText.Body(assessed.Rules, assessed.Evaluation, zone, language, notice) : change.Body,
            };
    }

    private LeadActivity Offer(ConnectedCrm connection, CrmLead crm, LeadRecord lead, Episode episode, Assessed assessed) => new()
    {
        Key = TaskKey(lead.LeadKey, episode.Number),
        LeadId = crm.Ref.Id,
        Kind = ActivityKind.Task,
        Title = TitleOf(connection, crm, episode, assessed, null),
        Body = TaskText.Body(assessed.Rules, assessed.Evaluation, zone, connection.Crm.Language),
        DueAt = episode.DueAt,
        OwnerId = episode.OwnerId ?? crm.OwnerId,
        Completed = false,
        Urgent = assessed.Evaluation.HandRaise,
    };

    private static LeadActivity Change(CrmLead crm, LeadRecord lead, Episode episode) => new()
    {
        Key = TaskKey(lead.LeadKey, episode.Number),
        LeadId = crm.Ref.Id,
        Kind = ActivityKind.Task,
        ChangesOnly = true,
    };

    public static LeadActivity Note(CrmLead crm, string key, string text, DateTimeOffset at) => new()
    {
        Key = key,
        LeadId = crm.Ref.Id,
        Kind = ActivityKind.Note,
        Body = text,
        At = at,
    };

    private string TitleOf(ConnectedCrm connection, CrmLead crm, Episode episode, Assessed assessed, HandoverNotice? notice)
    {
        var (facts, language) = (assessed.Facts, connection.Crm.Language);
        // A lead without a name is told by its number: a title must say something.
        var name = TextOf(facts[WellKnownFacts.PersonName]) ?? crm.Ref.Id;
        return TaskText.Title(assessed.Evaluation, name, TextOf(facts[WellKnownFacts.CompanyName]), episode.DueAt ?? episode.OpenedAt, zone, language, notice);
    }

    private static string? TextOf(FactValue value) => value.IsKnown && !string.IsNullOrWhiteSpace(value.Text) ? value.Text.Trim() : null;

    /// <summary>A decision, a correction of one, or the end of an offer without one; what follows acceptance is neither.</summary>
    internal static bool EndsOffer(Episode? before, Episode after) =>
        after.State != HandoverState.Held
        && (before is null || before.Number != after.Number || before.State != after.State || before.DecidedAt != after.DecidedAt
            // Some CRMs date by the second: a reason is corrected in less.
            || before.LastAnswer != after.LastAnswer);

    private string? NoteOf(ConnectedCrm connection, CrmLead crm, LeadRecord lead, HandoverStep step)
    {
        var (episode, language) = (step.Episode, connection.Crm.Language);
        var rep = connection.Users.Find(step.PersonId)?.Name;
        DateTimeOffset? at = step.At;
        return episode.State switch
        {
            HandoverState.Accepted or HandoverState.Rejected or HandoverState.Returned or HandoverState.Disqualified when episode.LastAnswer is { } option =>
                DecisionNote.Of(option, rep, at, Sighting.CommentOf(lead, crm), AgainAfter(episode), zone, language),
            HandoverState.AcceptedBySilence => DecisionNote.Silent(episode.DueAt ?? at ?? episode.OpenedAt, zone, language),
            HandoverState.AcceptedByAction => DecisionNote.Acted(rep, at, zone, language),
            // Sales answered in time: it was sent back.
            HandoverState.Expired when lead.Episode?.State == HandoverState.Returned => DecisionNote.WentOn(language),
            HandoverState.Expired when episode.DueAt is { } due => DecisionNote.Unanswered(due, zone, language),
            _ => null,
        };
    }

    /// <summary>Whoever has the lead already is not asked to take it.</summary>
    private string NothingToAnswer(string? option, Episode? episode, string language) => episode is { IsOver: false } had && had.State.IsAccepted()
        ? DecisionNote.Stands(option, had.DecidedAt, zone, language)
        : DecisionNote.NothingToAnswer(option, language);

    private static DateTimeOffset? AgainAfter(Episode episode) =>
        episode.CoolOffUntil is { } until && until != DateTimeOffset.MaxValue ? until : null;
}
