using System.Collections.Concurrent;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Finds a task or note by its key among those of its lead. Where one was once found is remembered: by its id it costs a tenth of a list.
/// Of a lead whose tasks are kept no list is needed either.
/// </summary>
internal sealed class PipedriveActivityFinder(PipedriveClient client, PipedriveActs acts, PipedriveActReader reader)
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

    /// <summary>Nothing is certain of it any more, nor of what else its lead has.</summary>
    public void Forget(ActivityRef lost)
    {
        _ids.TryRemove(lost.Key, out _);
        acts.Drop(lost.LeadId);
    }

    /// <summary>Null where there is none. An id that is remembered may belong to one deleted since.</summary>
    /// <param name="isFirst">
    /// Nobody has sent it yet: a note is not looked for then, and a task, whose key a store that was put back gives once more, only among
    /// those kept, since all that earlier processes made was there when they were read.
    /// </param>
    public async Task<string?> IdOfAsync(ActivityRef wanted, bool isFirst, CancellationToken cancellationToken)
    {
        if (_ids.TryGetValue(wanted.Key, out var known) || (isFirst && wanted.Kind == ActivityKind.Note))
            return known;
        return isFirst && acts.Of(wanted.LeadId, null) is { } kept ? In(kept, wanted)?.Id : (await LookAsync(wanted, cancellationToken).ConfigureAwait(false))?.Id;
    }

    public async Task<PipedriveRecord?> FindAsync(ActivityRef wanted, CancellationToken cancellationToken)
    {
        if (!_ids.TryGetValue(wanted.Key, out var id))
            return await LookAsync(wanted, cancellationToken).ConfigureAwait(false);
        var record = await PipedriveClient.FindAsync(wanted.Kind == ActivityKind.Task
            ? client.Api.OneAsync(PipedrivePaths.V2, PipedriveStreams.Activities, id, null, cancellationToken)
            : client.Api.NoteAsync(client.Paths.V1, id, cancellationToken)).ConfigureAwait(false);
        if (record is not null && IsThere(record))
            return record;
        Forget(wanted);
        return null;
    }

    private async Task<PipedriveRecord?> LookAsync(ActivityRef wanted, CancellationToken cancellationToken) => In(
        wanted.Kind == ActivityKind.Task
            ? await reader.ListAsync(wanted.LeadId, null, cancellationToken).ConfigureAwait(false)
            : await NotesAsync(wanted.LeadId, cancellationToken).ConfigureAwait(false),
        wanted);

    private PipedriveRecord? In(IReadOnlyList<PipedriveRecord> all, ActivityRef wanted)
    {
        var (mark, body) = (PipedriveActivityFields.Mark(wanted.Key), wanted.Kind == ActivityKind.Task ? PipedriveActivityFields.Body : PipedriveActivityFields.NoteBody);
        var found = all.FirstOrDefault(r => IsThere(r) && r[body]?.Contains(mark, StringComparison.Ordinal) == true);
        if (found is not null)
            Saw(wanted.Key, found.Id!);
        return found;
    }

    private async Task<List<PipedriveRecord>> NotesAsync(string leadId, CancellationToken cancellationToken)
    {
        var (lead, deal) = PipedriveStreams.IsDeal(leadId) ? (null, leadId) : (leadId, (string?)null);
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
