using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Notices that the store is an older one than it was: an old backup was restored, or the file was copied without its log. The
/// witnesses lie outside it: the file of anchors, and the markers in the CRM. What was done since is learnt from the records.
/// </summary>
internal sealed partial class Restoration(ISyncStore store, IAuditLog audit, string dataDirectory, Func<CoolOffSettings> rests, IIds ids, ILogger<Restoration> log)
{
    /// <summary>At start: whether the anchors know rows that the audit lacks.</summary>
    public async Task LookAtAnchorsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataDirectory, Anchors.FileName);
        IReadOnlyList<Anchor> anchors;
        try
        {
            anchors = await Anchors.ReadAsync(path, cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            LogLine.NoWitness(log, broken.Message);
            return;
        }
        var restored = await store.RestoredAsync(cancellationToken);
        // Those of before a restore that was noticed are its lost branch.
        var newest = anchors.Where(a => restored is null || InstantText.Parse(a.At) > restored.At).MaxBy(a => a.Sequence);
        if (newest is null || await IsHereAsync(newest, cancellationToken))
            return;
        await NoteAsync(new(now, RestoreNote.ByAnchors), store.StoreId, cancellationToken);
    }

    /// <summary>
    /// Takes over what the records of these leads tell of lost steps. Answers what is known of them from then on; durable when it
    /// returns.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, LeadRecord>> LearnAsync(
        ConnectedCrm connection, IReadOnlyList<TakenLead> taken, IReadOnlyList<CrmReading> readings, IReadOnlyDictionary<string, LeadRecord> known,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var strange = taken.Zip(readings).Where(p => p.Second.Lead is { } crm && MarkerOf(crm) is { } marker && marker.ToString() != known.GetValueOrDefault(p.First.LeadId)?.Memory.Marker)
            .Select(p => (Taken: p.First, Crm: p.Second.Lead!, Marker: MarkerOf(p.Second.Lead!)!)).ToList();
        if (strange.Count == 0)
            return known;
        var (storeId, former) = (store.StoreId, await store.FormerIdsAsync(cancellationToken));
        strange.RemoveAll(s => s.Marker.Store != storeId && !former.Contains(s.Marker.Store));
        var undecided = strange.Count == 0 ? new HashSet<string>() : await store.UndecidedAsync([.. strange.Select(s => s.Marker.TransitionId)], cancellationToken);
        strange.RemoveAll(s => !undecided.Contains(s.Marker.TransitionId));
        if (strange.Count == 0)
            return known;
        if (strange.Exists(s => s.Marker.Store == storeId))
            await NoteAsync(new(now, RestoreNote.ByMarkers), storeId, cancellationToken);
        var passes = await PassesAsync(connection, await WithHistoryAsync(connection, strange, cancellationToken), known, now, cancellationToken);
        await store.RecordAsync(connection.Name, passes, now, cancellationToken);
        LogLine.Learnt(log, connection.Name, passes.Count);
        var learnt = new Dictionary<string, LeadRecord>(known);
        foreach (var pass in passes)
            learnt[pass.Taken.LeadId] = pass.Lead!;
        return learnt;
    }

    /// <summary>When our last step was written, and what it was an answer to, only history tells: the readings at hand may be without.</summary>
    private static async Task<List<(TakenLead Taken, CrmLead Crm, EffectMarker Marker)>> WithHistoryAsync(
        ConnectedCrm connection, List<(TakenLead Taken, CrmLead Crm, EffectMarker Marker)> strange, CancellationToken cancellationToken)
    {
        var without = strange.FindAll(s => s.Crm.MarkerSince is null && connection.Adapter.KeepsHistoryOf(s.Crm.Ref.Id));
        if (without.Count == 0)
            return strange;
        var looks = await connection.Adapter.ReadAsync([.. without.Select(s => s.Crm.Ref.Id)], ReadDepth.GuardHistory, FactCatalogue.BuiltIn, cancellationToken);
        var told = without.Zip(looks).Where(l => l.Second.Lead is not null).ToDictionary(l => l.First.Crm.Ref.Id, l => l.Second.Lead!);
        return [.. strange.Select(s => told.GetValueOrDefault(s.Crm.Ref.Id) is { } look && MarkerOf(look)?.ToString() == s.Marker.ToString()
            ? s with { Crm = s.Crm with { MarkerSince = look.MarkerSince, StageHistory = look.StageHistory, AnswerHistory = look.AnswerHistory, FormerSince = look.FormerSince } } : s)];
    }

    private async Task<List<LeadPass>> PassesAsync(
        ConnectedCrm connection, List<(TakenLead Taken, CrmLead Crm, EffectMarker Marker)> strange, IReadOnlyDictionary<string, LeadRecord> known,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = (await store.FindByKeyAsync([.. strange.Select(s => s.Marker.LeadKey)], cancellationToken)).Keys.ToHashSet();
        var merged = await store.FindAsync(connection.Name, [.. strange.SelectMany(s => s.Crm.FormerIds)], cancellationToken);
        var passes = new List<LeadPass>(strange.Count);
        foreach (var (taken, crm, marker) in strange)
        {
            var audit = new List<AuditDraft>();
            var lead = known.GetValueOrDefault(taken.LeadId)
                // A merge may have given it another id.
                ?? crm.FormerIds.Select(merged.GetValueOrDefault).FirstOrDefault(former => former?.LeadKey == marker.LeadKey)
                // Its task and notes bear the key that it had.
                ?? Sighting.First(connection.Name, crm, ids, audit, used.Add(marker.LeadKey) ? marker.LeadKey : null);
            // The marker of another lead came by a clone or a merge, and tells nothing of this one.
            if (lead.LeadKey == marker.LeadKey)
                passes.Add(Pass(taken, crm, lead, LostSteps.TakenOver(crm, merged), audit, now));
        }
        return passes;
    }

    /// <summary>First what was merged is taken over, as the lost steps did, and then what they came to is learnt.</summary>
    private LeadPass Pass(TakenLead taken, CrmLead crm, LeadRecord lead, Dictionary<string, LeadRecord> merged, List<AuditDraft> audit, DateTimeOffset now)
    {
        // The tasks that this closes were closed then.
        var joined = Merging.Absorb(lead, crm, merged, audit, []);
        return new()
        {
            Taken = taken with { UpTo = 0 },
            Lead = LostSteps.Learn(joined, crm, rests(), audit, now),
            Absorbed = [.. joined.Memory.Absorbed.Except(lead.Memory.Absorbed)],
            Aliases = lead.LeadId == crm.Ref.Id ? [] : [crm.Ref.Id],
            Audit = audit,
        };
    }

    private async Task<bool> IsHereAsync(Anchor anchor, CancellationToken cancellationToken)
    {
        if (anchor.Sequence == 0)
            return true;
        await foreach (var row in audit.ReadRowsAsync(anchor.Sequence - 1, cancellationToken))
            return row.Hash == anchor.Hash;
        return false;
    }

    private async Task NoteAsync(RestoreNote note, string former, CancellationToken cancellationToken)
    {
        var row = new AuditDraft(AuditKind.Restored, null, null, null, null, null, null, note.At, "crmsync", null, null);
        if (!await store.NoteRestoreAsync(former, note, row, cancellationToken))
            return;
        LogLine.Restored(log, note.By, former, store.StoreId);
    }

    private static EffectMarker? MarkerOf(CrmLead crm) => EffectMarker.Parse(crm.Fields.GetValueOrDefault(HandoverFields.Marker));

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message =
            "This store is older than what was done with it, as its {Witness} show: an old backup was restored, or crmsync.db was copied without its log. Where hand-overs stand now is learnt from the CRM, and nothing is done again. The store was {Former} and is {StoreId} from now on.")]
        public static partial void Restored(ILogger logger, string witness, string former, string storeId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Connection}: the hand-over of {Leads} leads was learnt from their records.")]
        public static partial void Learnt(ILogger logger, string connection, int leads);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The anchors cannot tell whether this store is an old one: {Problem}")]
        public static partial void NoWitness(ILogger logger, string problem);
    }
}
