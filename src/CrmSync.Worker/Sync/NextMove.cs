using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What the hand-over makes of a lead, with what admins ordered and brakes hold laid upon it.</summary>
internal static class NextMove
{
    public static HandoverMove Of(ConnectedCrm connection, LeadRecord lead, CrmLead crm, Assessed assessed, DateTimeOffset? live, DateTimeOffset now)
    {
        var subject = Sighting.Subject(lead, crm, connection.Users);
        if (lead.Memory.TakeBackOffer is { } taken && taken == lead.Episode?.OfferedAt && !crm.Fields.ContainsKey(HandoverFields.DecisionText) && Withdrawal.Of(subject, now) is { } back)
            return new(back, null, null, back.Episode);
        // An admin chose this lead knowing the rules of today: neither the start nor an edit before it stands in its way.
        var (from, chosen) = lead.Memory.BacklogFrom is { } past && past < live ? (past, subject with { SettledUpTo = null }) : (live, subject);
        var assessment = lead.Memory.BrakeHold is null ? assessed.Assessment : assessed.Assessment with { MayBeOffered = false };
        var policy = JudgedPolicy.Of(connection, assessed, from);
        // A stage that a deal shows nobody takes back by writing to the record.
        return HandoverProcess.Next(chosen, assessment, crm.HasStageOfDeal ? policy with { StageOnRejected = null } : policy, now);
    }
}
