using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Effects that our marker in the CRM confirms although no reply did, looked at like any other for somebody who was there just
/// before. The marker speaks for the fields alone: a CRM that only goes forward takes them and keeps a later stage.
/// </summary>
internal static class Confirmed
{
    public static bool Is(IntentRow intent, CrmReading reading) => reading.Lead is { } crm && WriteGuard.MarkerOf(crm) == intent.Body.Marker;

    /// <param name="effects">Intents as they were when last sent, not as a later guard saw the record; each with what was read.</param>
    public static async Task<IEnumerable<Settlement>> SettleAsync(
        ConnectedCrm connection, List<(Guarded Effect, CrmLead Shown)> effects, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var histories = (await Overwritten.HistoriesAsync(connection, effects.Select(e => e.Effect.Intent), Leads.Facts.FactCatalogue.BuiltIn, cancellationToken) ?? [])
            .ToDictionary(h => h.Intent.TransitionId, h => h.Reading);
        return effects.Select(e => Settle(e.Effect, e.Shown, histories.GetValueOrDefault(e.Effect.Intent.TransitionId), now));
    }

    private static Settlement Settle(Guarded effect, CrmLead shown, CrmReading? look, DateTimeOffset now)
    {
        var (intent, lead) = effect;
        // It ended between the two reads: our write was there, and whether somebody was there before it nobody can tell any more.
        if (look?.Kind == CrmReadingKind.Gone)
            return Settling.Gone(intent, now);
        if (look?.Kind == CrmReadingKind.Moved)
            return Settling.Conflict(intent, lead, "the record was merged or converted before it could be looked at", now);
        var history = look?.Lead;
        var stands = Stands(intent, history ?? shown);
        var came = stands || CameAndWent(intent, history);
        var overlap = history is null ? null : Overwritten.Find(intent, history, kept: !came);
        if (!came && overlap is null or { IsRequestAlone: true })
            overlap = new("our marker stands in the CRM, and beside it another stage than ours", false) { Request = overlap?.Request ?? default };
        if (overlap is { } other)
            return OverlapSettling.Of(intent, lead, other, came ? WriteOutcome.Applied : WriteOutcome.Unchanged, now);
        var applied = Settling.Applied(intent, lead, now);
        return stands ? applied : applied with { Follow = Settling.LookAgain(intent) };
    }

    private static bool Stands(IntentRow intent, CrmLead crm) => Wanted(intent) is not { } ours || (crm.StageValue ?? "") == ours;

    /// <summary>History shows our stage, and that somebody moved the lead on from it.</summary>
    private static bool CameAndWent(IntentRow intent, CrmLead? crm) => crm?.StageHistory is { } history
        && history.Any(c => (c.Value ?? "") == Wanted(intent) && c.Actor.Kind == ChangeActorKind.Integration && c.At >= crm.MarkerSince);

    /// <summary>The stage that was sent; null where none was.</summary>
    private static string? Wanted(IntentRow intent) => intent.Body.StageStep switch
    {
        StageStep.Keep => null,
        StageStep.Clear => "",
        _ => intent.Body.TargetStage,
    };
}
