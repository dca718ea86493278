using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage;

/// <summary>Where an imported row came from. Stored by name in lower case.</summary>
public enum HistoryOrigin
{
    /// <summary>The CRM's own history of the stage.</summary>
    Crm,

    /// <summary>A file of old decisions.</summary>
    Decisions,
}

/// <summary>A stage that a lead came to before the product watched.</summary>
/// <param name="Actor">As in the audit: <c>person:&lt;id&gt;</c>, <c>automation</c> or <c>unknown</c>.</param>
/// <param name="Reason">Why sales said no, as a code; null where it is not told.</param>
public sealed record HistoryRow(string Connection, string LeadId, DateTimeOffset At, HistoryStage Stage, string Actor, string? Reason, HistoryOrigin Origin);
