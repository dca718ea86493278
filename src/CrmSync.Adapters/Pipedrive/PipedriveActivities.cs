using CrmSync.Adapters.Batches;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Puts tasks and notes one by one. Each carries its key under its body: what hangs on the lead is looked through before anything is
/// made, so that sending again makes no second one.
/// </summary>
internal sealed class PipedriveActivities(PipedriveClient client, PipedriveActivityFinder finder, PipedriveUsers users, PipedriveShelf shelf)
{
    public async Task<IReadOnlyList<ActivityResult>> PutAsync(IReadOnlyList<LeadActivity> activities, CancellationToken cancellationToken)
    {
        var results = new Dictionary<string, ActivityResult>();
        foreach (var row in activities.OrderBy(a => a.ChangesOnly))
        {
            try
            {
                results[row.Key] = await PutAsync(row, cancellationToken).ConfigureAwait(false);
            }
            catch (CrmException e) when (!e.OutcomeUnknown && PipedriveErrors.IsOfRows(e))
            {
                results[row.Key] = new(row.Key, e.Failure == CrmFailure.NotFound ? WriteOutcome.Gone : WriteOutcome.Refused, PipedriveErrors.Describe(e));
            }
            catch (CrmException e) when (e.OutcomeUnknown || results.Count > 0)
            {
                results[row.Key] = new(row.Key, e.OutcomeUnknown ? WriteOutcome.Unknown : WriteOutcome.NotSent, PipedriveErrors.Describe(e));
                ActivityBatches.Settle(activities, WriteOutcome.NotSent, PipedriveErrors.Describe(e), results);
                break;
            }
        }
        return [.. activities.Select(a => results[a.Key])];
    }

    public async Task<IReadOnlyList<ActivityReading>> ReadAsync(IReadOnlyList<ActivityRef> activities, CancellationToken cancellationToken)
    {
        var machine = await users.MachineAsync(cancellationToken).ConfigureAwait(false);
        var readings = new List<ActivityReading>();
        foreach (var asked in activities)
        {
            var record = await finder.FindAsync(asked, cancellationToken).ConfigureAwait(false);
            var owner = record?["owner_id"] ?? record?["user_id"];
            readings.Add(new(asked.Key, record is not null, asked.Kind == ActivityKind.Task && record?["done"] == "true", owner == machine ? null : owner));
        }
        return readings;
    }

    private async Task<ActivityResult> PutAsync(LeadActivity row, CancellationToken cancellationToken)
    {
        if (row.OwnerId is { } owner && PipedriveWriteFields.Option(owner) is not long)
            return new(row.Key, WriteOutcome.Refused, "owner_id is no user");
        var id = await finder.IdOfAsync(Named(row), row.IsFirst, cancellationToken).ConfigureAwait(false);
        if (id is null && row.ChangesOnly)
            return new(row.Key, WriteOutcome.Gone, "it is not there");
        try
        {
            return await SendAsync(row, id, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (id is not null && e.Failure == CrmFailure.NotFound)
        {
            return row.ChangesOnly ? new(row.Key, WriteOutcome.Gone, "it is not there") : await SendAsync(row, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ActivityResult> SendAsync(LeadActivity row, string? id, CancellationToken cancellationToken)
    {
        PipedriveOne answer;
        try
        {
            answer = await CallAsync(row, id, PipedriveActivityFields.Of(row), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            finder.Forget(Named(row)); // it may be there or not
            throw;
        }
        if (answer.Success == false)
            return new(row.Key, WriteOutcome.Refused, "no reason given");
        if (answer.Data is not { Id: { } made } record)
        {
            finder.Forget(Named(row));
            return new(row.Key, WriteOutcome.Unknown, "not-in-results");
        }
        finder.Saw(row.Key, made);
        if (row.Kind == ActivityKind.Task)
            Note(row, record, isNew: id is null);
        return new(row.Key, WriteOutcome.Applied);
    }

    private Task<PipedriveOne> CallAsync(LeadActivity row, string? id, Dictionary<string, object?> fields, CancellationToken cancellationToken) => (row.Kind, id) switch
    {
        (ActivityKind.Task, null) => client.Api.AddAsync(PipedrivePaths.V2, PipedriveStreams.Activities, fields, cancellationToken),
        (ActivityKind.Task, { } known) => client.Api.PatchAsync(PipedrivePaths.V2, PipedriveStreams.Activities, known, fields, cancellationToken),
        (_, null) => client.Api.AddNoteAsync(client.Paths.V1, fields, cancellationToken),
        (_, { } known) => client.Api.PutNoteAsync(client.Paths.V1, known, fields, cancellationToken),
    };

    /// <summary>A task that is closed although we did not close it was closed by somebody: that is to be heard of.</summary>
    private void Note(LeadActivity row, PipedriveRecord task, bool isNew)
    {
        shelf.Acts.Saw(task);
        if ((task["done"] == "true") == (row.Completed == true))
            shelf.WroteAct(task, isNew);
    }

    private static ActivityRef Named(LeadActivity row) => new(row.Key, row.LeadId, row.Kind);
}
