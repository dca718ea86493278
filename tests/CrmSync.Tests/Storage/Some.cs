using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

/// <summary>Rows whose values do not matter, so that the one that matters stands out.</summary>
internal static class Some
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    public static LeadRecord Lead(string leadId) => new()
    {
        LeadKey = $"key-{leadId}",
        Connection = "main",
        ObjectKind = "contact",
        LeadId = leadId,
        Stage = LifecycleStage.Lead,
        CrmStage = "lead",
    };

    public static LeadPass Pass(TakenLead taken, LeadRecord? lead) => new() { Taken = taken, Lead = lead };

    public static AuditDraft Decided(string transition, string leadKey, DateTimeOffset? at = null, int episode = 1) => new(
        AuditKind.Decided, transition, leadKey, episode, "Lead", "MarketingQualified", "AwaitingDecision", at ?? T0, "crmsync", "rules", "evidence");

    public static AuditDraft Applied(string transition, string leadKey, DateTimeOffset? at = null, int episode = 1) =>
        Decided(transition, leadKey, at, episode) with { Kind = AuditKind.Applied };

    public static AuditDraft Observed(string leadKey, string? from = null, string to = "Lead", DateTimeOffset? at = null) => new(
        AuditKind.Observed, null, leadKey, null, from, to, null, at, "unknown", null, null);

    public static IntentRow Intent(string transition, string leadId, IntentStep step = IntentStep.Write) => new()
    {
        TransitionId = transition,
        Step = step,
        Connection = "main",
        LeadKey = $"key-{leadId}",
        LeadId = leadId,
        CreatedAt = T0,
        NotBefore = T0,
        Body = new()
        {
            StageStep = StageStep.Set,
            ToStage = LifecycleStage.MarketingQualified,
            Actor = "crmsync",
            Marker = $"v1.abc123.key-{leadId}.{transition}",
            Fields = new Dictionary<string, string?> { ["state"] = "awaiting", ["reason"] = null },
        },
    };
}
