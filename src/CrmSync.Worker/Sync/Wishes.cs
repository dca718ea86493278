using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What pilot and offer brake are asked of a step, and what their refusal leaves in the record.</summary>
internal static class Wishes
{
    /// <summary>Null for a step that lets nothing in and nothing on; an offer that goes to the next person is in already.</summary>
    public static OfferWish? Of(CrmLead crm, LeadRecord lead, HandoverStep step, Assessed assessed, HeldBack? before, DateTimeOffset? live)
    {
        var opens = step.Episode.Number != lead.Episode?.Number;
        return (step.IsOffer && !step.IsReassignment) || (opens && step.Episode.State == HandoverState.Held)
            ? new()
            {
                Lead = crm.Ref,
                LeadKey = lead.LeadKey,
                OwnerId = crm.OwnerId,
                IsNewOffer = step is { IsOffer: true, Episode.Override: false } && (opens || lead.Episode?.OfferedAt is null),
                // Whoever asked before going live waits as the other old leads do.
                HandRaise = assessed.Evaluation.HandRaise && assessed.Evaluation.HandRaisedAt > live,
                Score = assessed.Evaluation.FitScore + assessed.Evaluation.InterestScore,
                EvidenceAt = assessed.Evaluation.LatestEvidenceAt,
                Before = before,
            }
            : null;
    }

    /// <summary>Whoever looks at the record reads there why the lead waits.</summary>
    public static Dictionary<string, string?> WithReason(IReadOnlyDictionary<string, string?> fields, HeldBack held, ConnectedCrm connection) => new(fields)
    {
        [HandoverFields.Why] = HoldText.Why(held.Cause, connection.Offers.PerOwnerAndDay, connection.Offers.PerDay, held.Day, connection.Crm.Language),
    };
}
