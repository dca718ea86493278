using CrmSync.Adapters;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Gives back what a write of ours took the place of, since people win: the edit is told in the audit, a wiped answer counts as if it
/// stood, and what people had set is put back by a guarded write, as long as the record still stands as we left it. Only then is the
/// lead judged.
/// </summary>
internal sealed partial class Amends(ISyncStore store, IIds ids, ILogger<Amends> log)
{
    /// <summary>
    /// Answers the readings that are to be judged, and what is known of the leads from then on; durable when it returns. Leads whose
    /// edits are being put back leave <paramref name="taken"/>: they are looked at again once that is done.
    /// </summary>
    public async Task<(CrmReading[] Readings, IReadOnlyDictionary<string, LeadRecord> Known)> MakeAsync(
        ConnectedCrm connection, List<TakenLead> taken, CrmReading[] readings, IReadOnlyDictionary<string, LeadRecord> known,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var edits = (await store.LostEditsAsync(connection.Name, [.. taken.Select(t => t.LeadId)], cancellationToken)).ToLookup(edit => edit.LeadId);
        if (edits.Count == 0)
            return (readings, known);
        var (passes, amended, broken) = (new List<LeadPass>(), new Dictionary<string, LeadRecord>(known), new Dictionary<string, CrmReading>());
        foreach (var (lead, reading) in taken.Zip(readings).Where(p => edits.Contains(p.First.LeadId) && p.Second.Kind != CrmReadingKind.Unreadable))
        {
            if (reading is { Kind: CrmReadingKind.Moved, MovedTo: { } to } && await GoesOnAsync(connection.Name, known.GetValueOrDefault(lead.LeadId), to, cancellationToken))
            {
                passes.Add(new() { Taken = lead with { UpTo = 0 }, ToldEdits = [.. edits[lead.LeadId]], KeptEdits = [.. edits[lead.LeadId].Select(edit => edit with { LeadId = to })] });
                continue;
            }
            if (await TryAsync(connection, lead, reading, known.GetValueOrDefault(lead.LeadId), [.. edits[lead.LeadId]], now, cancellationToken) is not { } pass)
            {
                broken[lead.LeadId] = new(lead.LeadId, CrmReadingKind.Unreadable, Reason: "fault while telling of an edit that a write of ours took the place of");
                continue;
            }
            passes.Add(pass);
            if (pass.Lead is { } record)
                amended[lead.LeadId] = record;
        }
        await store.RecordAsync(connection.Name, passes, now, cancellationToken);
        var away = passes.Where(pass => pass.Intents.Count > 0).Select(pass => pass.Taken.LeadId).ToHashSet();
        CrmReading[] rest = [.. taken.Zip(readings).Where(p => !away.Contains(p.First.LeadId)).Select(p => broken.GetValueOrDefault(p.First.LeadId, p.Second))];
        taken.RemoveAll(lead => away.Contains(lead.LeadId));
        return (rest, amended);
    }

    /// <summary>The lead became that record, which is no other lead's: there it can be given back.</summary>
    private async Task<bool> GoesOnAsync(string connection, LeadRecord? lead, string to, CancellationToken cancellationToken) =>
        lead is not null && (!(await store.FindAsync(connection, [to], cancellationToken)).TryGetValue(to, out var there) || there.LeadKey == lead.LeadKey);

    /// <summary>Null: an edit that cannot be dealt with is a fault of this one lead, which then waits, and of no other.</summary>
    private async Task<LeadPass?> TryAsync(
        ConnectedCrm connection, TakenLead taken, CrmReading reading, LeadRecord? lead, LostEdit[] edits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await PassAsync(connection, taken, reading, lead, edits, now, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StoreException or OutOfMemoryException))
        {
            LogLine.Faulted(log, fault, new(connection.Name, taken.LeadId));
            return null;
        }
    }

    private async Task<LeadPass> PassAsync(
        ConnectedCrm connection, TakenLead taken, CrmReading reading, LeadRecord? lead, LostEdit[] edits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The lead itself is judged in this very pass: nothing that waits for it is done by telling of this.
        var pass = new LeadPass { Taken = taken with { UpTo = 0 }, Lead = lead, ToldEdits = edits };
        if (lead is null)
            return pass;
        var (audit, open) = (new List<AuditDraft>(), await OpenAsync(edits, cancellationToken));
        foreach (var (edit, ours) in open)
        {
            var amend = new Amend(connection, reading.Lead, ours, edit, now)
            {
                Since = await EffectTrail.SinceAsync(store, ours, reading.Lead, cancellationToken),
                IsFollowed = open.SkipWhile(o => o.Edit != edit).Skip(1).Any(o => o.Edit.Request?.Value is not null),
            };
            lead = edit.RestoredBy is null ? amend.Tell(lead, audit) : lead;
            lead = amend.RestoresStage(lead) ? lead : amend.GiveUp(lead, audit);
            if (amend.Restore(lead, connection.Name, store.StoreId, ids.New()) is { } restored)
            {
                // Further edits of the same lead wait for the next look.
                var later = open.SkipWhile(o => o.Edit != edit).Select(o => o.Edit);
                return Restored(pass with { Taken = taken, Audit = audit, ToldEdits = [.. edits.Except(later)] }, lead, amend, restored, edit);
            }
            if (amend.Overtaken(lead) is { } request)
                LogLine.Overtaken(log, request, new(connection.Name, taken.LeadId), ours.SettledAt ?? ours.CreatedAt);
        }
        return pass with { Lead = lead, Audit = audit };
    }

    /// <summary>Those that are still to be dealt with, in the order in which our writes took their places, each with the write.</summary>
    private async Task<List<(LostEdit Edit, IntentRow Ours)>> OpenAsync(LostEdit[] edits, CancellationToken cancellationToken)
    {
        var open = new List<(LostEdit Edit, IntentRow Ours)>(edits.Length);
        foreach (var edit in edits)
        {
            // That the CRM told of the write shows that it was done, whatever was made of it since.
            if (await WriteAsync(edit, cancellationToken) is { State: IntentState.Applied or IntentState.Conflict } ours
                && !(edit.RestoredBy is { } tried && await store.IntentAsync(tried, clears: false, cancellationToken) is { State: IntentState.Applied }))
                open.Add((edit, ours));
        }
        return [.. open.OrderBy(o => o.Ours.CreatedAt).ThenBy(o => !o.Edit.Clears)];
    }

    /// <summary>The last of the requests that came to be.</summary>
    private async Task<IntentRow?> WriteAsync(LostEdit edit, CancellationToken cancellationToken) =>
        await store.IntentAsync(edit.TransitionId, clears: false, cancellationToken)
            ?? (edit.Clears ? await store.IntentAsync(edit.TransitionId, clears: true, cancellationToken) : null);

    private static LeadPass Restored(LeadPass pass, LeadRecord lead, Amend amend, IntentRow intent, LostEdit edit) => pass with
    {
        Lead = lead,
        Audit = [.. pass.Audit, amend.Decided(lead, intent)],
        Intents = [intent],
        Follow = [new($"restored:{intent.TransitionId}", intent.LeadId)],
        KeptEdits = [edit with { RestoredBy = intent.TransitionId }],
    };

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Telling of an edit of {LeadRef} failed.")]
        public static partial void Faulted(ILogger logger, Exception failure, Leads.LeadRef leadRef);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Marketing's request {Request} on {LeadRef} was set in the instant of our write at {At:O}, which emptied it. Before the CRM told of it the lead went on or was quarantined, so it was not given back: if it is still wanted, set it again.")]
        public static partial void Overtaken(ILogger logger, Leads.Handover.MarketingRequest request, Leads.LeadRef leadRef, DateTimeOffset at);
    }
}
