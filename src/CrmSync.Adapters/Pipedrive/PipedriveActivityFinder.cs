using System.Collections.Concurrent;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Finds a task or note by its key among those of its lead. Where one was once found is remembered: by its id it costs a tenth of a list.
/// </summary>
internal sealed class PipedriveActivityFinder(PipedriveClient client, PipedriveLists lists)
{
    private const int Most = 20_000;
    private const int PageSize = 500;
    private const int MostOfLead = 5_000;
    private readonly ConcurrentDictionary<string, string> _ids = new();

    public void Saw(string key, string id)
    {
        if (_ids.Count > Most)
            _ids.Clear(); // costs a list each, and nothing else
        _ids[key] = id;
    }

    public void Forget(string key) => _ids.TryRemove(key, out _);

    /// <summary>Null where there is none. An id that is remembered may belong to one deleted since.</summary>
    public async Task<string?> IdOfAsync(ActivityRef wanted, CancellationToken cancellationToken) =>
        _ids.TryGetValue(wanted.Key, out var known) ? known : (await LookAsync(wanted, cancellationToken).ConfigureAwait(false))?.Id;

    public async Task<PipedriveRecord?> FindAsync(ActivityRef wanted, CancellationToken cancellationToken)
    {
        if (!_ids.TryGetValue(wanted.Key, out var id))
            return await LookAsync(wanted, cancellationToken).ConfigureAwait(false);
        var record = await PipedriveClient.FindAsync(wanted.Kind == ActivityKind.Task
            ? client.Api.OneAsync(PipedrivePaths.V2, PipedriveStreams.Activities, id, null, cancellationToken)
            : client.Api.NoteAsync(client.Paths.V1, id, cancellationToken)).ConfigureAwait(false);
        if (record is not null && IsThere(record))
            return record;
        Forget(wanted.Key);
        return null;
    }

    private async Task<PipedriveRecord?> LookAsync(ActivityRef wanted, CancellationToken cancellationToken)
    {
        var (mark, body) = (PipedriveActivityFields.Mark(wanted.Key), wanted.Kind == ActivityKind.Task ? PipedriveActivityFields.Body : PipedriveActivityFields.NoteBody);
        var all = await OfLeadAsync(wanted, cancellationToken).ConfigureAwait(false);
        var found = all.Find(r => IsThere(r) && r[body]?.Contains(mark, StringComparison.Ordinal) == true);
        if (found is not null)
            Saw(wanted.Key, found.Id!);
        return found;
    }

    private async Task<List<PipedriveRecord>> OfLeadAsync(ActivityRef wanted, CancellationToken cancellationToken)
    {
        var (lead, deal) = PipedriveStreams.IsDeal(wanted.LeadId) ? (null, wanted.LeadId) : (wanted.LeadId, (string?)null);
        if (wanted.Kind == ActivityKind.Task)
            return await lists.AllAsync(PipedriveStreams.Activities, new() { LeadId = lead, DealId = deal }, MostOfLead, cancellationToken).ConfigureAwait(false);
        var notes = new List<PipedriveRecord>();
        while (true)
        {
            var page = await client.Api.NotesAsync(client.Paths.V1, lead, deal, notes.Count, PageSize, cancellationToken).ConfigureAwait(false);
            var records = PipedriveClient.Records(page);
            notes.AddRange(records);
            if (records.Count == 0 || !PipedriveLists.HasMore(page, PageSize) || notes.Count >= MostOfLead)
                return notes;
        }
    }

    private static bool IsThere(PipedriveRecord record) => record["is_deleted"] != "true" && record["active_flag"] != "false";
}
