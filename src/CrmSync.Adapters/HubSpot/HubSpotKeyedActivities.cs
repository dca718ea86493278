namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Tasks and notes known by their unique property: a batch upsert by it makes the first and finds it ever after, whatever
/// became of earlier answers; then the tie to the contact.
/// </summary>
internal sealed class HubSpotKeyedActivities(HubSpotClient client)
{
    private const string Key = HubSpotActivityKeys.Property;
    private readonly HubSpotActivityTies _ties = new(client);

    /// <param name="rows">At most a hundred of one type, of which none or all only change.</param>
    public async Task PutAsync(string type, LeadActivity[] rows, IDictionary<string, ActivityResult> results, CancellationToken cancellationToken)
    {
        HubSpotBatch answer;
        try
        {
            answer = await SendAsync(type, rows, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (HubSpotErrors.IsOfRows(e) && rows.Length > 1)
        {
            await PutAsync(type, rows[..(rows.Length / 2)], results, cancellationToken).ConfigureAwait(false);
            await PutAsync(type, rows[(rows.Length / 2)..], results, cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (CrmException e) when (HubSpotErrors.IsOfRows(e))
        {
            results[rows[0].Key] = Refused(rows[0], e);
            return;
        }
        await JudgeAsync(type, rows, answer, results, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Dictionary<string, HubSpotObject>> FindAsync(string type, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var inputs = keys.Select(key => new HubSpotId(key)).ToArray();
        var answer = await client.Api.BatchReadAsync(
            client.Paths.Objects, type, "false", new(HubSpotActivityProperties.Read(type), null, inputs, Key), cancellationToken).ConfigureAwait(false);
        return ByKey(answer, write: false);
    }

    private Task<HubSpotBatch> SendAsync(string type, LeadActivity[] rows, CancellationToken cancellationToken)
    {
        var inputs = rows.Select(row => new HubSpotUpdate(
            row.Key, row.Key, new Dictionary<string, string>(HubSpotActivityProperties.Of(row, mark: null)) { [Key] = row.Key }, Key));
        var body = new HubSpotBatchUpdate([.. inputs]);
        return rows[0].ChangesOnly
            ? client.Api.BatchUpdateAsync(client.Paths.Objects, type, body, cancellationToken)
            : client.Api.BatchUpsertAsync(client.Paths.Objects, type, body, cancellationToken);
    }

    private async Task JudgeAsync(
        string type, LeadActivity[] rows, HubSpotBatch answer, IDictionary<string, ActivityResult> results, CancellationToken cancellationToken)
    {
        var found = ByKey(answer, write: true);
        var made = new List<(LeadActivity, string)>();
        foreach (var row in rows)
        {
            if (!found.TryGetValue(row.Key, out var record))
                results[row.Key] = Absent(row, answer);
            else if (row.ChangesOnly)
                results[row.Key] = new(row.Key, WriteOutcome.Applied);
            else
                made.Add((row, record.Id!));
        }
        await _ties.TieAsync(type, made, results, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Never by place: results come in any order.</summary>
    private static Dictionary<string, HubSpotObject> ByKey(HubSpotBatch answer, bool write)
    {
        var found = new Dictionary<string, HubSpotObject>();
        foreach (var record in HubSpotClient.Records(answer.Results, write))
            if ((record[Key] ?? record.ObjectWriteTraceId) is { } key)
                found[key] = record;
        return found;
    }

    private static ActivityResult Absent(LeadActivity row, HubSpotBatch answer) =>
        (answer.Errors ?? []).Find(e => HubSpotErrors.TracesOf(e).Contains(row.Key) || HubSpotErrors.IdsOf(e).Contains(row.Key)) is { } error
            ? new(row.Key, error.Category == "OBJECT_NOT_FOUND" ? WriteOutcome.Gone : WriteOutcome.Refused, HubSpotErrors.Describe(error))
            : new(row.Key, WriteOutcome.NotSent, "not-in-results");

    /// <summary>A key that is taken is one that was made just now: sent again it is found.</summary>
    private static ActivityResult Refused(LeadActivity row, CrmException e) => new(
        row.Key,
        HubSpotErrors.SaysItIsTaken(e) ? WriteOutcome.NotSent : e.Failure == CrmFailure.NotFound ? WriteOutcome.Gone : WriteOutcome.Refused,
        HubSpotErrors.Describe(HubSpotErrors.Of(e)));
}
