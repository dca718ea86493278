using CrmSync.Adapters.Batches;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Sends tasks and notes by two hundred, and reads them back. By the key in their field an upsert makes the first and finds it
/// ever after; without such a field those of the person are looked through first.
/// </summary>
internal sealed class SalesforceActivities(SalesforceClient client, SalesforceOptions options, SalesforceActivityKeys keys)
{
    private const int MostRows = 200;
    private const string NoAssignment = "FALSE";
    private readonly SalesforceQueries _queries = new(client);

    public async Task<IReadOnlyList<ActivityResult>> PutAsync(IReadOnlyList<LeadActivity> activities, CancellationToken cancellationToken)
    {
        var results = new Dictionary<string, ActivityResult>();
        // What is to be made comes before what only changes.
        foreach (var rows in activities.GroupBy(a => a.ChangesOnly).OrderBy(g => g.Key).SelectMany(g => g.Chunk(MostRows)))
        {
            try
            {
                await PutAsync(rows, results, cancellationToken).ConfigureAwait(false);
            }
            catch (CrmException e) when (e.OutcomeUnknown || e.Failure == CrmFailure.Refused || results.Count > 0)
            {
                ActivityBatches.Settle(rows, e.OutcomeUnknown ? WriteOutcome.Unknown : WriteOutcome.NotSent, SalesforceErrors.Describe(e), results);
                ActivityBatches.Settle(activities, WriteOutcome.NotSent, SalesforceErrors.Describe(e), results);
                break;
            }
        }
        return [.. activities.Select(a => results[a.Key])];
    }

    public async Task<IReadOnlyList<ActivityReading>> ReadAsync(IReadOnlyList<ActivityRef> activities, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, SalesforceRecord>();
        foreach (var refs in activities.Distinct().Chunk(MostRows))
            foreach (var (key, record) in await FindAsync([.. refs.Select(r => (r.Key, r.LeadId))], cancellationToken).ConfigureAwait(false))
                found[key] = record;
        var user = await client.UserIdAsync(cancellationToken).ConfigureAwait(false);
        return [.. activities.Select(a => Reading(a, found.GetValueOrDefault(a.Key), user))];
    }

    private async Task PutAsync(LeadActivity[] rows, Dictionary<string, ActivityResult> results, CancellationToken cancellationToken)
    {
        var inField = await keys.AreInFieldAsync(cancellationToken).ConfigureAwait(false);
        if (inField && !rows[0].ChangesOnly)
        {
            var records = rows.Select(r => Record(r, mark: null, id: null, inField));
            Judge(rows, await client.Api.UpsertAsync(client.Paths.Data, SalesforceActivityKeys.Object, SalesforceActivityKeys.Field, new(false, [.. records]), NoAssignment, cancellationToken)
                .ConfigureAwait(false), results);
            return;
        }
        var found = await FindAsync([.. rows.Select(r => (r.Key, r.LeadId))], cancellationToken).ConfigureAwait(false);
        foreach (var row in rows.Where(r => r.ChangesOnly && !found.ContainsKey(r.Key)))
            results[row.Key] = new(row.Key, WriteOutcome.Gone, "it is not there");
        var known = rows.Where(r => found.ContainsKey(r.Key)).ToArray();
        if (known.Length > 0)
        {
            var records = known.Select(r => Record(r, inField ? null : SalesforceActivityKeys.InBody(r.Key), found[r.Key].Id, inField));
            Judge(known, await client.Api.UpdateAsync(client.Paths.Data, new(false, [.. records]), NoAssignment, "allowSave=true", cancellationToken).ConfigureAwait(false), results);
        }
        var made = rows.Where(r => !results.ContainsKey(r.Key)).ToArray();
        if (made.Length > 0)
        {
            var records = made.Select(r => Record(r, SalesforceActivityKeys.InBody(r.Key), id: null, inField));
            Judge(made, await client.Api.CreateAsync(client.Paths.Data, new(false, [.. records]), NoAssignment, cancellationToken).ConfigureAwait(false), results);
        }
    }

    /// <summary>Activities by key, wherever it stands: an org may have got the field, or lost it, since they were made.</summary>
    private async Task<Dictionary<string, SalesforceRecord>> FindAsync(IReadOnlyList<(string Key, string LeadId)> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, SalesforceRecord>();
        if (await keys.FindAsync(cancellationToken).ConfigureAwait(false) is not null)
            foreach (var record in await _queries.AllAsync(SalesforceActivityFields.ByKey(wanted.Select(w => w.Key)), cancellationToken).ConfigureAwait(false))
                if (record[SalesforceActivityKeys.Field] is { } key)
                    found[key] = record;
        var others = wanted.Where(w => !found.ContainsKey(w.Key)).ToList();
        if (others.Count == 0)
            return found;
        var tasks = await _queries.AllAsync(SalesforceActivityFields.OfPeople(others.Select(w => w.LeadId).Distinct()), cancellationToken).ConfigureAwait(false);
        foreach (var (key, _) in others)
            if (tasks.Find(t => t["Description"]?.Contains(SalesforceActivityKeys.InBody(key), StringComparison.Ordinal) == true) is { } task)
                found[key] = task;
        return found;
    }

    /// <param name="mark">What stands under the body; null: nothing.</param>
    /// <param name="id">The task to change; null: it is to be made.</param>
    /// <param name="inField">Whether the key goes into its field, also of a task that was made before there was one.</param>
    private Dictionary<string, object?> Record(LeadActivity row, string? mark, string? id, bool inField)
    {
        var record = new Dictionary<string, object?> { ["attributes"] = new Dictionary<string, object?> { ["type"] = SalesforceActivityKeys.Object } }.With(SalesforceActivityFields.Of(row, mark, options));
        if (id is not null)
            record["id"] = id;
        if (inField)
            record[SalesforceActivityKeys.Field] = row.Key;
        return record;
    }

    /// <summary>By place: a refused row may come without an id.</summary>
    private static void Judge(LeadActivity[] rows, List<SalesforceRow?> answer, Dictionary<string, ActivityResult> results)
    {
        if (answer.Count != rows.Length)
            throw new CrmException(CrmFailure.Transient, "Salesforce's answer has another number of rows than were sent.") { OutcomeUnknown = true };
        foreach (var (row, told) in rows.Zip(answer))
        {
            var (outcome, reason) = told switch
            {
                { Success: true } => (WriteOutcome.Applied, (string?)null),
                { Errors: { Count: > 0 } errors } => SalesforceRowErrors.OfActivity(errors),
                _ => (WriteOutcome.Unknown, "not-in-results"),
            };
            results[row.Key] = new(row.Key, outcome, reason);
        }
    }

    /// <summary>A note was done when it was made: of it that says nothing.</summary>
    private static ActivityReading Reading(ActivityRef asked, SalesforceRecord? record, string? user) => new(
        asked.Key, record is not null, asked.Kind == ActivityKind.Task && record?["IsClosed"] == "true",
        record?["OwnerId"] is { } owner && !(user is not null && SalesforceId.Same(owner, user)) ? owner : null);
}
