using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Finds the people whose edit or answer fell between our guarding read and our write: HubSpot cannot refuse a write that
/// comes too late, but its history tells afterwards.
/// </summary>
internal static class Overwritten
{
    /// <summary>Per transition whose write somebody else was just before, in words.</summary>
    public static async Task<IReadOnlyDictionary<string, Overlap>> FindAsync(
        ConnectedCrm connection, List<Guarded> written, IReadOnlyList<LeadWriteResult> results, CancellationToken cancellationToken)
    {
        var sent = written
            .Select((g, i) => (g.Intent, Kept: results[i].Outcome == WriteOutcome.Unchanged, results[i].Outcome))
            .Where(w => w.Outcome is WriteOutcome.Applied or WriteOutcome.Unchanged && (w.Intent.Body.StageStep != StageStep.Keep || IsOurs(w.Intent)))
            .ToList();
        var found = new Dictionary<string, Overlap>();
        if (sent.Count == 0)
            return found;
        var readings = await ReadAsync(connection, [.. sent.Select(w => w.Intent)], cancellationToken);
        foreach (var ((intent, kept, _), reading) in sent.Zip(readings))
        {
            if (reading.Lead is not { } lead)
                continue;
            if (StageBetween(intent, lead, kept) is { } edit)
                found[intent.TransitionId] = new($"{Who(edit.Actor)} set the stage at {edit.At:O}, after our read and before our write", false);
            else if (IsOurs(intent) && AnswerBetween(intent, lead) is { } answer)
                found[intent.TransitionId] = new($"{Who(answer.Actor)} answered at {answer.At:O}, after our read and before our write", true);
        }
        return found;
    }

    /// <summary>A step that no person's answer asked for: an answer that fell into it goes before it. A text alone is no step.</summary>
    private static bool IsOurs(IntentRow intent) => intent.Body is { Actor: "crmsync", Episode: not null };

    private static async Task<IReadOnlyList<CrmReading>> ReadAsync(ConnectedCrm connection, List<IntentRow> intents, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.Adapter.ReadAsync([.. intents.Select(i => i.LeadId)], ReadDepth.GuardHistory, FactCatalogue.BuiltIn, cancellationToken);
        }
        catch (CrmException)
        {
            // The writes are confirmed; losing this look must not turn them into unknown ones. The next reading of the
            // lead sees a foreign value if one stands.
            return [];
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
        var answer = lead.AnswerHistory?.LastOrDefault(change => change.Value is not null);
        if (answer is not { Actor.Kind: ChangeActorKind.Person } || answer.Value == intent.Body.ExpectedAnswer)
            return null;
        return WriteGuard.AnswerOf(lead) == answer.Value || answer.At > intent.Body.GuardedAt ? answer : null;
    }

    private static string Who(ChangeActor actor) => actor.Kind switch
    {
        ChangeActorKind.Person => $"person:{actor.Id}",
        ChangeActorKind.Automation => "an automation",
        _ => "somebody",
    };
}
