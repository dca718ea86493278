using CrmSync.Worker.Brakes;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What of the judged steps may be taken now: pilot, offer brake and the brake on stage moves, in this order.</summary>
internal sealed class Admission(Brake brake, OfferBrake offers)
{
    public async Task<List<LeadPass>> AllowAsync(
        ConnectedCrm connection, List<JudgedLead> judged, DateTimeOffset? live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A CRM that lacks what we need is written nothing.
        var mayWrite = connection.Gate.MayWrite;
        if (mayWrite && live is { } since)
            judged = await LetInAsync(connection, judged, since, now, cancellationToken);
        var allowed = mayWrite ? await brake.AllowAsync(connection.Name, judged.Count(j => j.IsOwnMove), now, cancellationToken) : 0;
        var passes = new List<LeadPass>(judged.Count);
        foreach (var lead in judged)
        {
            var goes = lead.Move is not null && mayWrite && (!lead.IsOwnMove || allowed-- > 0);
            var pass = goes ? lead.Moved! : lead.Move is null ? lead.Watched : lead.Watched with { DueAt = now + Brake.HeldBackFor };
            passes.Add(Marked(pass, isHeld: mayWrite && !goes && lead.IsOwnMove, now));
        }
        return passes;
    }

    /// <summary>Whoever asks why nothing happens to a lead is told of the brake, and since when.</summary>
    private static LeadPass Marked(LeadPass pass, bool isHeld, DateTimeOffset now)
    {
        if (pass.Lead is not { } lead || isHeld == lead.Memory.MoveHeldSince is not null)
            return pass;
        return pass with { Lead = lead with { Memory = lead.Memory with { MoveHeldSince = isHeld ? now : null } } };
    }

    private async Task<List<JudgedLead>> LetInAsync(
        ConnectedCrm connection, List<JudgedLead> judged, DateTimeOffset live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wishes = judged.Where(j => j.Wish is { } wish && PilotGate.LetsIn(connection, wish)).Select(j => j.Wish!).ToList();
        var refused = await offers.RefuseAsync(connection, wishes, live, now, cancellationToken);
        var day = offers.DayOf(now);
        // Offers have taken their place of today: the brake on stage moves is to stop others first.
        bool IsGranted(JudgedLead lead) => lead.Wish is { IsNewOffer: true } wish && PilotGate.LetsIn(connection, wish) && !refused.ContainsKey(wish.LeadKey);
        return
        [
            .. judged.OrderByDescending(IsGranted).Select(lead => lead.Wish is not { } wish ? lead
                : !PilotGate.LetsIn(connection, wish) ? lead.LeftAlone(wish.Held(Leads.Handover.HoldCause.Pilot, now, day))
                : refused.TryGetValue(wish.LeadKey, out var held) ? Held(lead, held)
                : lead),
        ];
    }

    /// <summary>Held, and looked at again when the next day begins.</summary>
    private JudgedLead Held(JudgedLead lead, HeldBack held)
    {
        var (instead, turn) = (lead.Instead!(held), offers.NextTurn(held));
        LeadPass Due(LeadPass pass) => pass with { DueAt = pass.DueAt < turn ? pass.DueAt : turn };
        return instead with { Watched = Due(instead.Watched), Move = instead.Move is { } move ? new(() => Due(move.Value)) : null };
    }
}
