using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Two leads that the CRM made one. Of two open episodes one goes on, under the survivor's key and, where it was the other's,
/// its next number, and says where it came from: what sales accepted before what waits for an answer, and that before what is
/// not offered; of two alike the one offered first. The other ends, and its task is closed. What was over stays where it was,
/// but its rest is kept.
/// </summary>
internal static class Merging
{
    /// <summary>Notes that an open episode ends because another one goes on.</summary>
    public static LeadMemory WithMergedAway(LeadMemory memory, Episode ended) => memory with { MergedAway = [.. memory.MergedAway, ended.Number] };

    /// <param name="others">What is remembered under the ids that now answer as this record.</param>
    /// <param name="closed">Receives the closing of tasks whose episode ends.</param>
    public static LeadRecord Absorb(
        LeadRecord survivor, CrmLead crm, IReadOnlyDictionary<string, LeadRecord> others, List<AuditDraft> audit, List<LeadActivity> closed)
    {
        // What was merged into a record that was merged into this one is in that one's hand-over already, as it went on there.
        var within = others.Values.SelectMany(other => other.Memory.Absorbed).ToHashSet();
        foreach (var id in crm.FormerIds)
        {
            if (others.TryGetValue(id, out var loser) && loser.LeadKey != survivor.LeadKey && !within.Contains(loser.LeadKey) && !survivor.Memory.Absorbed.Contains(loser.LeadKey))
            {
                var before = survivor;
                survivor = Absorb(before, loser, audit);
                if (survivor.Episode?.Number != before.Episode?.Number)
                    closed.AddRange(Closed(before, crm.Ref.Id));
            }
        }
        return survivor;
    }

    /// <summary>The task of an offer that goes on under another episode or nowhere, closed.</summary>
    /// <param name="recordId">The record on which the task hangs after the merge.</param>
    public static IReadOnlyList<LeadActivity> Closed(LeadRecord lead, string recordId) =>
        lead.Episode is { State: HandoverState.AwaitingDecision } offer
            ? [new() { Key = ActivityPlan.TaskKey(lead.LeadKey, offer.Number), LeadId = recordId, Kind = ActivityKind.Task, ChangesOnly = true, Completed = true }]
            : [];

    private static LeadRecord Absorb(LeadRecord survivor, LeadRecord loser, List<AuditDraft> audit)
    {
        var (own, theirs) = (survivor.Episode, loser.Memory.MergedEpisode ?? loser.Episode);
        var joined = survivor with { Memory = survivor.Memory with { Absorbed = [.. survivor.Memory.Absorbed, loser.LeadKey] } };
        if (theirs is null)
            return joined;
        var renumbered = theirs with
        {
            Number = (own?.Number ?? 0) + 1,
            MergedFrom = $"{loser.LeadKey}/{theirs.Number}",
            OtherAnswer = own?.LastAnswer,
            OtherAnswerAt = own?.DecidedAt,
        };
        if (!theirs.IsOver && (own is null or { IsOver: true } || GoesBefore(theirs, own)))
        {
            if (own is { IsOver: false })
            {
                audit.Add(Row(survivor, HandoverTable.Merged(own), survivor.Stage, null));
                joined = joined with { Memory = WithMergedAway(joined.Memory, own) };
            }
            audit.AddRange(Told(survivor, renumbered));
            return joined with { Episode = renumbered };
        }
        if (own is null)
            return joined with { Episode = renumbered };
        return own.IsOver && theirs.IsOver && theirs.CoolOffUntil is { } rest && !(own.CoolOffUntil >= rest)
            ? joined with { Episode = own with { CoolOffUntil = rest } }
            : joined;
    }

    private static bool GoesBefore(Episode theirs, Episode own) =>
        Rank(theirs) != Rank(own) ? Rank(theirs) > Rank(own) : Since(theirs) < Since(own);

    private static int Rank(Episode episode) => episode.State.IsAccepted() ? 2 : episode.State == HandoverState.AwaitingDecision ? 1 : 0;

    private static DateTimeOffset Since(Episode episode) => episode.OfferedAt ?? episode.OpenedAt;

    /// <summary>The episode's instants once more, where reports look for them now.</summary>
    private static IEnumerable<AuditDraft> Told(LeadRecord survivor, Episode episode)
    {
        if (episode.OfferedAt is { } offered)
            yield return Row(survivor, episode with { State = HandoverState.AwaitingDecision, Outcome = EpisodeOutcome.Open }, LifecycleStage.MarketingQualified, offered);
        if (episode.State != HandoverState.AwaitingDecision)
            yield return Row(survivor, episode, survivor.Stage, episode.DecidedAt ?? episode.OpenedAt);
        if (episode is { Outcome: EpisodeOutcome.Won, EndedAt: { } won })
            yield return Row(survivor, episode, LifecycleStage.Customer, won) with { FromStage = nameof(LifecycleStage.SalesAccepted) };
    }

    private static AuditDraft Row(LeadRecord lead, Episode episode, LifecycleStage? stage, DateTimeOffset? at) => new(
        AuditKind.Observed, null, lead.LeadKey, episode.Number, stage?.ToString(), stage?.ToString(), episode.AuditState, at, "unknown", null, null);
}
