using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Whether somebody closed or deleted the task of an offer that still waits: one call for all the waiting offers of a pass. A
/// closed one brings its lead here by the poll; a deleted one is found when there is more to tell.
/// </summary>
internal static class TaskReading
{
    public static async Task AddAsync(
        ISyncStore store, ConnectedCrm connection, List<TakenLead> taken, CrmReading[] readings, IReadOnlyDictionary<string, LeadRecord> known,
        CancellationToken cancellationToken)
    {
        var asked = new Dictionary<int, ActivityRef>();
        for (var i = 0; i < readings.Length; i++)
            if (readings[i].Lead is { } crm && known.GetValueOrDefault(taken[i].LeadId) is { Episode: { State: HandoverState.AwaitingDecision } offer } lead)
                asked[i] = new(ActivityPlan.TaskKey(lead.LeadKey, offer.Number), crm.Ref.Id, ActivityKind.Task);
        if (asked.Count == 0)
            return;
        // A task that we are about to change is not as anybody left it.
        var changing = await store.OpenActivitiesAsync(connection.Name, [.. asked.Values.Select(a => a.Key)], cancellationToken);
        foreach (var (i, _) in asked.Where(a => changing.Contains(a.Value.Key)).ToList())
            asked.Remove(i);
        var tasks = await ReadAsync(connection, [.. asked.Values], cancellationToken);
        foreach (var ((i, _), task) in asked.Zip(tasks))
            readings[i] = readings[i] with { Lead = readings[i].Lead! with { TaskCompleted = task.Completed, TaskGone = !task.Exists } };
    }

    private static async Task<IReadOnlyList<ActivityReading>> ReadAsync(ConnectedCrm connection, ActivityRef[] asked, CancellationToken cancellationToken)
    {
        try
        {
            return asked.Length == 0 ? [] : await connection.Adapter.ReadActivitiesAsync(asked, cancellationToken);
        }
        catch (CrmException)
        {
            // The offer is judged all the same; the next pass looks again.
            return [];
        }
    }
}
