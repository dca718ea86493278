namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Tasks and notes known by a word in their body, for accounts without the unique property: what hangs on the contact is
/// looked through first, and what is missing is made with its tie in one request. An unknown outcome must be left to settle
/// before the next look.
/// </summary>
internal sealed class HubSpotMarkedActivities(HubSpotClient client)
{
    private const int MostInputs = 100;
    private const int NoteToContact = 202;
    private const int TaskToContact = 204;
    private readonly HubSpotLinkReader _links = new(client);

    /// <param name="rows">At most a hundred of one type.</param>
    public async Task PutAsync(string type, LeadActivity[] rows, IDictionary<string, ActivityResult> results, CancellationToken cancellationToken)
    {
        var found = await FindAsync(type, [.. rows.Select(r => new ActivityRef(r.Key, r.LeadId, r.Kind))], cancellationToken).ConfigureAwait(false);
        foreach (var row in rows.Where(r => r.ChangesOnly && !found.ContainsKey(r.Key)))
            results[row.Key] = new(row.Key, WriteOutcome.Gone, "it is not there");
        var known = rows.Where(r => found.ContainsKey(r.Key)).ToArray();
        await SendAsync(known, batch => UpdateAsync(type, batch, found, cancellationToken), results).ConfigureAwait(false);
        await SendAsync([.. rows.Where(r => !results.ContainsKey(r.Key))], batch => CreateAsync(type, batch, cancellationToken), results).ConfigureAwait(false);
    }

    /// <summary>Activities by key, of those that hang on the leads named.</summary>
    public async Task<Dictionary<string, HubSpotObject>> FindAsync(string type, IReadOnlyList<ActivityRef> wanted, CancellationToken cancellationToken)
    {
        var links = await _links.ReadAsync(HubSpotStreams.Contacts, type, wanted.Select(w => w.LeadId), cancellationToken).ConfigureAwait(false);
        var body = HubSpotActivityProperties.BodyOf(type);
        var records = new Dictionary<string, HubSpotObject>();
        foreach (var chunk in links.Values.SelectMany(ids => ids).Distinct().Chunk(MostInputs))
        {
            var query = new HubSpotBatchRead(HubSpotActivityProperties.Read(type), null, [.. chunk.Select(id => new HubSpotId(id))]);
            var answer = await client.Api.BatchReadAsync(client.Paths.Objects, type, "false", query, cancellationToken).ConfigureAwait(false);
            foreach (var record in HubSpotClient.Records(answer.Results))
                records[record.Id!] = record;
        }
        var found = new Dictionary<string, HubSpotObject>();
        foreach (var (key, leadId, _) in wanted)
            foreach (var id in links.GetValueOrDefault(leadId, []))
                if (records.GetValueOrDefault(id) is { } record && record[body]?.Contains(HubSpotActivityKeys.InBody(key), StringComparison.Ordinal) == true)
                    found.TryAdd(key, record);
        return found;
    }

    private Task<HubSpotBatch> UpdateAsync(string type, LeadActivity[] rows, Dictionary<string, HubSpotObject> found, CancellationToken cancellationToken) =>
        client.Api.BatchUpdateAsync(
            client.Paths.Objects, type, new([.. rows.Select(row => new HubSpotUpdate(found[row.Key].Id!, row.Key, Properties(row)))]), cancellationToken);

    private Task<HubSpotBatch> CreateAsync(string type, LeadActivity[] rows, CancellationToken cancellationToken)
    {
        HubSpotNewLinkType[] tie = [new("HUBSPOT_DEFINED", type == HubSpotActivityKeys.Tasks ? TaskToContact : NoteToContact)];
        var inputs = rows.Select(row => new HubSpotNew(row.Key, Properties(row), [new(new(row.LeadId), tie)]));
        return client.Api.BatchCreateAsync(client.Paths.Objects, type, new([.. inputs]), cancellationToken);
    }

    private static Dictionary<string, string> Properties(LeadActivity row) => HubSpotActivityProperties.Of(row, HubSpotActivityKeys.InBody(row.Key));

    /// <summary>A batch refused as a whole is halved until the row to blame stands alone.</summary>
    private static async Task SendAsync(LeadActivity[] rows, Func<LeadActivity[], Task<HubSpotBatch>> send, IDictionary<string, ActivityResult> results)
    {
        if (rows.Length == 0)
            return;
        try
        {
            Judge(rows, await send(rows).ConfigureAwait(false), results);
        }
        catch (CrmException e) when (HubSpotErrors.IsOfRows(e) && rows.Length > 1)
        {
            await SendAsync(rows[..(rows.Length / 2)], send, results).ConfigureAwait(false);
            await SendAsync(rows[(rows.Length / 2)..], send, results).ConfigureAwait(false);
        }
        catch (CrmException e) when (HubSpotErrors.IsOfRows(e))
        {
            var outcome = e.Failure == CrmFailure.NotFound ? WriteOutcome.Gone : WriteOutcome.Refused;
            results[rows[0].Key] = new(rows[0].Key, outcome, HubSpotErrors.Describe(HubSpotErrors.Of(e)));
        }
    }

    private static void Judge(LeadActivity[] rows, HubSpotBatch answer, IDictionary<string, ActivityResult> results)
    {
        var done = HubSpotClient.Records(answer.Results, write: true).Select(r => r.ObjectWriteTraceId).ToHashSet();
        foreach (var row in rows)
        {
            var error = (answer.Errors ?? []).Find(e => HubSpotErrors.TracesOf(e).Contains(row.Key));
            results[row.Key] = done.Contains(row.Key) ? new(row.Key, WriteOutcome.Applied)
                : error is null ? new(row.Key, WriteOutcome.Unknown, "not-in-results")
                : new(row.Key, error.Category == "OBJECT_NOT_FOUND" ? WriteOutcome.Gone : WriteOutcome.Refused, HubSpotErrors.Describe(error));
        }
    }
}
