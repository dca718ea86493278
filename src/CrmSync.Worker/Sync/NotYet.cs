using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// When the CRM is told why a lead is not for sales yet: when something became known of it that changed a finding, never
/// because time passed or somebody edited the rules; and only for leads that are of interest now.
/// </summary>
internal static class NotYet
{
    private static readonly TimeSpan OfInterest = TimeSpan.FromDays(30);

    public static bool IsDue(ConnectedCrm connection, LeadRecord lead, Assessed assessed, DateTimeOffset now)
    {
        var evaluation = assessed.Evaluation;
        return assessed.FactsChanged
            && evaluation.Offer != GateResult.Pass
            && lead.Stage is { } stage && !connection.StageOrder.IsDecided(stage)
            && lead.Episode is null or { IsOver: true } or { State: HandoverState.Held or HandoverState.Returned }
            && (lead.Episode is not null || evaluation.LatestEvidenceAt >= now - OfInterest)
            && Print(assessed) != lead.Memory.NotYetPrint;
    }

    /// <summary>Of what was found, without the points, which fade.</summary>
    public static string Print(Assessed assessed) => EvidenceBody.Hash([.. assessed.Evaluation.Findings.Select(finding =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{finding.Criterion} {finding.Result} {finding.Count} {finding.SeenAt:O} {finding.Detail}\n"))]);
}
