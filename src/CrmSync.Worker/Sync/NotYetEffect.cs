using System.Globalization;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// When the CRM is told why a lead is not for sales yet: when something became known of it that changed a finding, never
/// because time passed or somebody edited the rules; and only for leads that are of interest now.
/// </summary>
internal sealed class NotYetEffect(Func<string> storeId, TimeZoneInfo zone)
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
        string.Create(CultureInfo.InvariantCulture, $"{finding.Criterion} {finding.Result} {finding.Count} {finding.SeenAt:O} {finding.Detail}\n"))]);

    /// <summary>Writes why a lead is not for sales yet. Nothing of the hand-over changes.</summary>
    public IntentRow Intent(ConnectedCrm connection, CrmLead crm, LeadRecord lead, Assessed assessed, string transition, DateTimeOffset now) =>
        AsideIntent.Of(storeId(), connection, crm, lead, assessed, transition, now, new Dictionary<string, string?>
        {
            [HandoverFields.Why] = WhyText.NotYet(assessed.Rules, assessed.Evaluation, zone, connection.Crm.Language),
            [HandoverFields.Fit] = assessed.Evaluation.FitScore.ToString(CultureInfo.InvariantCulture),
            [HandoverFields.Interest] = assessed.Evaluation.InterestScore.ToString(CultureInfo.InvariantCulture),
        });
}
