using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Finds the people whose edit fell between our guarding read and our write: HubSpot cannot refuse a write that comes
/// too late, but its history tells afterwards.
/// </summary>
internal static class Overwritten
{
    /// <summary>Per transition whose stage write went over somebody else's, in words.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(
        ConnectedCrm connection, List<Guarded> written, IReadOnlyList<LeadWriteResult> results, CancellationToken cancellationToken)
    {
        var staged = written
            .Where((g, i) => results[i].Outcome == WriteOutcome.Applied && g.Intent.Body.StageStep != StageStep.Keep)
            .Select(g => g.Intent)
            .ToList();
        var found = new Dictionary<string, string>();
        if (staged.Count == 0)
            return found;
        var readings = await ReadAsync(connection, staged, cancellationToken);
        foreach (var (intent, reading) in staged.Zip(readings))
        {
            if (reading.Lead?.StageHistory is { } history && Between(intent, history) is { } edit)
                found[intent.TransitionId] = $"{Who(edit.Actor)} set the stage at {edit.At:O}, after our read and before our write";
        }
        return found;
    }

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

    private static FieldChange? Between(IntentRow intent, IReadOnlyList<FieldChange> history)
    {
        // The first of two requests writes an empty stage.
        var wrote = intent.Body.StageStep == StageStep.Clear ? "" : intent.Body.TargetStage;
        var ours = history.Count - 1;
        while (ours >= 0 && (history[ours].Value ?? "") != wrote)
            ours--;
        return ours > 0 && history[ours - 1] is var before && before.At > intent.Body.GuardedAt && before.Value != intent.Body.ExpectedStage
            ? before
            : null;
    }

    private static string Who(ChangeActor actor) => actor.Kind switch
    {
        ChangeActorKind.Person => $"person:{actor.Id}",
        ChangeActorKind.Automation => "an automation",
        _ => "somebody",
    };
}
