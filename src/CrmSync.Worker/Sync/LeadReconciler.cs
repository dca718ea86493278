using CrmSync.Adapters;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// One pass over waiting leads: read what is true now, judge, decide, record. It never looks at what event brought a lead
/// here, so lost, repeated and reordered events heal by themselves.
/// </summary>
internal sealed partial class LeadReconciler(
    ISyncStore store, LeadsInHand hand, ConnectionMemory memory, ToldMerges merges, Restoration restoration, Amends amends, StandingOrders orders, LeadJudge judge, OfferAssigner assigner, Admission admission,
    TimeProvider clock, ILogger<LeadReconciler> log)
{
    /// <summary>Answers how many waiting leads were handled.</summary>
    /// <exception cref="CrmException">The connection failed; the leads were given back.</exception>
    public async Task<int> RunAsync(ConnectedCrm connection, CancellationToken cancellationToken)
    {
        var taken = new List<TakenLead>();
        try
        {
            var leads = await hand.TakeAsync(connection, taken, cancellationToken);
            if (leads.Count > 0)
                await PassAsync(connection, leads, cancellationToken);
            return taken.Count;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever it was, the leads are not kept from the next turn.
            await hand.GiveBackAsync(connection, taken);
            throw;
        }
    }

    private async Task PassAsync(ConnectedCrm connection, List<TakenLead> taken, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(connection.Name, [.. taken.Select(t => t.LeadId)], cancellationToken);
        var found = await merges.ApplyAsync(connection.Name, await LeadReading.ReadAsync(connection, taken, known, judge.Catalogue, cancellationToken), cancellationToken);
        known = await restoration.LearnAsync(connection, taken, found, known, clock.GetUtcNow(), cancellationToken);
        (var readings, known) = await amends.MakeAsync(connection, taken, found, known, clock.GetUtcNow(), cancellationToken);
        await TaskReading.AddAsync(store, connection, taken, readings, known, cancellationToken);
        var others = await store.FindAsync(
            connection.Name, [.. readings.SelectMany(r => r.Lead?.FormerIds ?? []), .. readings.Select(r => r.MovedTo).OfType<string>()], cancellationToken);
        var now = clock.GetUtcNow();
        var live = await memory.LiveSinceAsync(connection, now, cancellationToken);
        if (live is not null)
            known = await orders.LayAsync(connection.Name, known, Sighting.StageChanges(taken, readings, known), now, cancellationToken);
        var judged = new List<JudgedLead>(taken.Count);
        foreach (var (lead, reading) in taken.Zip(readings))
        {
            if (reading.IsPassing)
            {
                await store.ReleaseAsync(connection.Name, [lead], now + connection.Adapter.SettleTime, failed: false, cancellationToken);
                continue;
            }
            if (TryJudge(() => judge.Judge(connection, lead, reading, known.GetValueOrDefault(lead.LeadId), others, live, now), reading, new(connection.Name, lead.LeadId), out var result, out var fault))
                judged.Add(result);
            else
                await FailAsync(connection, lead, fault, now, cancellationToken);
        }
        // Who gets an offer comes first: nobody gets more a day than the brake allows.
        judged = await WordedAsync(connection, await assigner.AssignAsync(connection, judged, now, cancellationToken), now, cancellationToken);
        var passes = await admission.AllowAsync(connection, judged, live, now, cancellationToken);
        if (passes.Count > 0)
            await RecordAsync(connection, passes, now, cancellationToken);
    }

    /// <summary>All at once; if one of them breaks a rule of the store, each alone, so that it spoils no other.</summary>
    private async Task RecordAsync(ConnectedCrm connection, List<LeadPass> passes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await store.RecordAsync(connection.Name, passes, now, cancellationToken);
        }
        catch (StoreException conflict) when (conflict.Failure == StoreFailure.Conflict && passes.Count > 1)
        {
            foreach (var pass in passes)
                await RecordAsync(connection, [pass], now, cancellationToken);
        }
        catch (StoreException conflict) when (conflict.Failure == StoreFailure.Conflict)
        {
            await FailAsync(connection, passes[0].Taken, $"could not be recorded: {conflict.Message}", now, cancellationToken);
        }
    }

    private bool TryJudge(Func<JudgedLead> judgement, CrmReading reading, Leads.LeadRef lead, out JudgedLead judged, out string fault)
    {
        (judged, fault) = (default, reading.Reason ?? "the record could not be understood");
        if (reading.Kind == CrmReadingKind.Unreadable)
            return false;
        var result = default(JudgedLead);
        var done = Try(() => result = judgement(), lead, ref fault);
        judged = result;
        return done;
    }

    /// <summary>The leads whose step could be worded.</summary>
    private async Task<List<JudgedLead>> WordedAsync(ConnectedCrm connection, List<JudgedLead> judged, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var worded = new List<JudgedLead>(judged.Count);
        foreach (var lead in judged)
        {
            var fault = "";
            if (Try(() => _ = lead.Moved, new(connection.Name, lead.Watched.Taken.LeadId), ref fault))
                worded.Add(lead);
            else
                await FailAsync(connection, lead.Watched.Taken, fault, now, cancellationToken);
        }
        return worded;
    }

    /// <summary>A fault of a rule or of a mapping is a fault of this one lead, and never a rejection.</summary>
    private bool Try(Action judgement, Leads.LeadRef lead, ref string fault)
    {
        try
        {
            judgement();
            return true;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            LogLine.Faulted(log, broken, lead);
            fault = $"fault while judging: {broken.GetType().Name}";
            return false;
        }
    }

    private async Task FailAsync(ConnectedCrm connection, TakenLead lead, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (FailurePolicy.LeadRetryAt(lead.Tries, now) is { } again)
        {
            await store.ReleaseAsync(connection.Name, [lead], again, failed: true, cancellationToken);
            return;
        }
        LogLine.Quarantined(log, new Leads.LeadRef(connection.Name, lead.LeadId), reason);
        await store.QuarantineAsync(connection.Name, [(lead.LeadId, reason)], now, cancellationToken);
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Judging {LeadRef} failed.")]
        public static partial void Faulted(ILogger logger, Exception failure, Leads.LeadRef leadRef);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{LeadRef} is in quarantine: {Reason}. See 'crmsync quarantine list'.")]
        public static partial void Quarantined(ILogger logger, Leads.LeadRef leadRef, string reason);
    }
}
