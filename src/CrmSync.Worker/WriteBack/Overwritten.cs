using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Finds the people whose edit or answer fell between our guarding read and our write: HubSpot cannot refuse a write that
/// comes too late, but its history tells afterwards.
/// </summary>
internal static class Overwritten
{
    /// <summary>Looks at what was written, wherever somebody may have been there just before.</summary>
    public static async Task<LooksBack> FindAsync(
        ConnectedCrm connection, List<Guarded> written, IReadOnlyList<LeadWriteResult> results, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        var sent = written.Zip(results).Where(w => w.Second.Outcome is WriteOutcome.Applied or WriteOutcome.Unchanged).ToList();
        var kept = sent.Where(w => w.Second.Outcome == WriteOutcome.Unchanged).Select(w => w.First.Intent.TransitionId).ToHashSet();
        var shown = sent.Where(w => w.Second.Shown is not null).Select(w => (w.First.Intent, Lead: w.Second.Shown!));
        var looked = await HistoriesAsync(connection, sent.Where(w => w.Second.Shown is null).Select(w => w.First.Intent), catalogue, cancellationToken);
        var found = shown.Concat((looked ?? []).Where(l => l.Reading.Lead is not null).Select(l => (l.Intent, Lead: l.Reading.Lead!))).ToDictionary(h => h.Intent.TransitionId, h => (h.Lead, Find(h.Intent, h.Lead, kept.Contains(h.Intent.TransitionId))));
        return new(found, looked is not null);
    }

    /// <summary>
    /// Those of these writes beside which somebody may have been, each with what a look finds, the history with it; null when nobody can look now.
    /// </summary>
    public static async Task<IReadOnlyList<(IntentRow Intent, CrmReading Reading)>?> HistoriesAsync(
        ConnectedCrm connection, IEnumerable<IntentRow> written, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        var sent = written.Where(i => connection.Adapter.KeepsHistoryOf(i.LeadId)).Where(i => i.Body.StageStep != StageStep.Keep || IsOurs(i) || PutBack(i) is not null || OverwrittenRequest.MayBe(i)).ToList();
        var readings = sent.Count == 0 ? [] : await ReadAsync(connection, sent, catalogue, cancellationToken);
        return readings is null ? null : [.. sent.Zip(readings)];
    }

    /// <summary>Who was there just before this write, in words; null: nobody.</summary>
    /// <param name="kept">The CRM took the fields and kept the stage that it had.</param>
    public static Overlap? Find(IntentRow intent, CrmLead lead, bool kept)
    {
        var found = FindStageOrAnswer(intent, lead, kept);
        if (OverwrittenRequest.Find(intent, lead) is not { } request)
            return found;
        var overlap = found ?? new($"{Who(request.Actor)} changed the request at {request.At:O}, after our read and before our write", true) { IsRequestAlone = true };
        return overlap with { Request = new(request.Value, request.At, PersonOf(request.Actor)) };
    }

    private static Overlap? FindStageOrAnswer(IntentRow intent, CrmLead lead, bool kept)
    {
        if (StageBetween(intent, lead, kept) is { } edit)
            return new($"{Who(edit.Actor)} set the stage at {edit.At:O}, after our read and before our write", false, Taken: new(edit.Value, edit.At, PersonOf(edit.Actor)));
        if (IsOurs(intent) && AnswerBetween(intent, lead) is { } answer)
        {
            var wiped = WriteGuard.AnswerOf(lead) is null && Emptied.ByStep(intent) ? Emptied.Answer(intent, lead, answer) : null;
            return new($"{Who(answer.Actor)} answered at {answer.At:O}, after our read and before our write", true, wiped);
        }
        return AnswerUnder(intent, lead) is { } under
            ? new($"{Who(under.Actor)} answered at {under.At:O}, before ours was put back", true, Emptied.Answer(intent, lead, under))
            : null;
    }

    /// <summary>Somebody who answered meanwhile, where the reply to the write shows it; a step that empties the field leaves none to be shown.</summary>
    public static Overlap? Beside(IntentRow intent, LeadWriteResult result) =>
        result is { Outcome: WriteOutcome.Applied, AnswerBeside: { } answer } && IsOurs(intent) && answer != intent.Body.ExpectedAnswer
            ? new("somebody answered after our read and before our write", true)
            : null;

    /// <summary>A step that no person's answer asked for: an answer that fell into it goes before it. A text alone is no step.</summary>
    private static bool IsOurs(IntentRow intent) => intent.Body is { Actor: "crmsync", Episode: not null };

    private static async Task<IReadOnlyList<CrmReading>?> ReadAsync(ConnectedCrm connection, List<IntentRow> intents, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.Adapter.ReadAsync([.. intents.Select(i => i.LeadId)], ReadDepth.GuardHistory, catalogue, cancellationToken);
        }
        catch (CrmException)
        {
            return null;
        }
    }

    /// <summary>The guarding read saw the stage that was expected: whatever else stands right before our value came after it.</summary>
    private static FieldChange? StageBetween(IntentRow intent, CrmLead lead, bool kept)
    {
        if (intent.Body.StageStep == StageStep.Keep || lead.StageHistory is not { } history)
            return null;
        var before = history.Count - 1;
        if (!kept)
        {
            var target = intent.Body.StageStep == StageStep.Clear ? "" : intent.Body.TargetStage;
            while (before >= 0 && (history[before].Value ?? "") != target)
                before--;
            before--;
        }
        return before >= 0 && history[before].Value != intent.Body.ExpectedStage ? history[before] : null;
    }

    /// <summary>An answer that stands there and was not there before; or one that an offer, which empties the field, has just wiped out.</summary>
    private static FieldChange? AnswerBetween(IntentRow intent, CrmLead lead)
    {
        if (lead.AnswerHistory is not { } history)
            return null;
        var last = history.Count - 1;
        while (last >= 0 && history[last].Value is null)
            last--;
        if (last < 0 || history[last] is not { Actor.Kind: ChangeActorKind.Person } answer || answer.Value == intent.Body.ExpectedAnswer)
            return null;
        // What was given once our write was there is no matter of this write.
        if (WriteGuard.MarkerOf(lead) == intent.Body.Marker && answer.At > lead.MarkerSince)
            return null;
        if (WriteGuard.AnswerOf(lead) == answer.Value)
            return Emptied.ByStep(intent) ? null : answer;
        var takenBack = last + 1 < history.Count && history[last + 1].Actor.Kind == ChangeActorKind.Person;
        return !takenBack && Emptied.IsUnseen(intent, lead, history, last) ? answer : null;
    }

    /// <summary>The answer that a decision puts back, because an offer of ours had emptied it; null for any other step.</summary>
    private static string? PutBack(IntentRow intent) => intent.Body.Fields.GetValueOrDefault(HandoverFields.Decision);

    /// <summary>Another answer over which that was written: the guarding read saw the field empty.</summary>
    private static FieldChange? AnswerUnder(IntentRow intent, CrmLead lead)
    {
        if (PutBack(intent) is not { } ours || lead.AnswerHistory is not { } history)
            return null;
        var at = history.Count - 1;
        while (at >= 0 && (history[at].Value != ours || history[at].Actor.Kind != ChangeActorKind.Integration))
            at--;
        return at > 0 && history[at - 1] is { Value: not null, Actor.Kind: ChangeActorKind.Person } answer ? answer : null;
    }

    private static string? PersonOf(ChangeActor actor) => actor.Kind == ChangeActorKind.Person ? actor.Id : null;

    private static string Who(ChangeActor actor) => actor.Kind switch
    {
        ChangeActorKind.Person => $"person:{actor.Id}",
        ChangeActorKind.Automation or ChangeActorKind.Workflow => "an automation",
        _ => "somebody",
    };
}
