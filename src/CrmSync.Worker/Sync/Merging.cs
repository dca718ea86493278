using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Two leads that the CRM made one. Of two open episodes the one offered first goes on, under the survivor's key and next
/// number, and says where it came from; the other is superseded. What was over stays where it was, but its rest is kept.
/// </summary>
internal static class Merging
{
    /// <param name="others">What is remembered under the ids that now answer as this record.</param>
    public static LeadRecord Absorb(LeadRecord survivor, CrmLead crm, IReadOnlyDictionary<string, LeadRecord> others, List<AuditDraft> audit)
    {
        foreach (var id in crm.FormerIds)
        {
            if (others.TryGetValue(id, out var loser) && loser.LeadKey != survivor.LeadKey && !survivor.Memory.Absorbed.Contains(loser.LeadKey))
                survivor = Absorb(survivor, loser, audit);
        }
        return survivor;
    }

    private static LeadRecord Absorb(LeadRecord survivor, LeadRecord loser, List<AuditDraft> audit)
    {
        var (own, theirs) = (survivor.Episode, loser.Memory.MergedEpisode ?? loser.Episode);
        var joined = survivor with { Memory = survivor.Memory with { Absorbed = [.. survivor.Memory.Absorbed, loser.LeadKey] } };
        if (theirs is null)
            return joined;
        var renumbered = theirs with { Number = (own?.Number ?? 0) + 1, MergedFrom = $"{loser.LeadKey}/{theirs.Number}" };
        if (!theirs.IsOver && (own is null or { IsOver: true } || Since(theirs) < Since(own)))
        {
            if (own is { IsOver: false })
                audit.Add(Row(survivor, own with { State = HandoverState.Superseded }, survivor.Stage, null));
            audit.AddRange(Told(survivor, renumbered));
            return joined with { Episode = renumbered };
        }
        if (own is null)
            return joined with { Episode = renumbered };
        return own.IsOver && theirs.IsOver && theirs.CoolOffUntil is { } rest && !(own.CoolOffUntil >= rest)
            ? joined with { Episode = own with { CoolOffUntil = rest } }
            : joined;
    }

    private static DateTimeOffset Since(Episode episode) => episode.OfferedAt ?? episode.OpenedAt;

    /// <summary>The episode's instants once more, where reports look for them now.</summary>
    private static IEnumerable<AuditDraft> Told(LeadRecord survivor, Episode episode)
    {
        if (episode.OfferedAt is { } offered)
            yield return Row(survivor, episode with { State = HandoverState.AwaitingDecision, Outcome = EpisodeOutcome.Open }, LifecycleStage.MarketingQualified, offered);
        if (episode.State != HandoverState.AwaitingDecision)
            yield return Row(survivor, episode, survivor.Stage, episode.DecidedAt ?? episode.OpenedAt);
    }

    private static AuditDraft Row(LeadRecord lead, Episode episode, LifecycleStage? stage, DateTimeOffset? at) => new(
        AuditKind.Observed, null, lead.LeadKey, episode.Number, stage?.ToString(), stage?.ToString(), episode.AuditState, at, "unknown", null, null);
}
