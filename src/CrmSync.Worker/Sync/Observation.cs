using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What others did to a lead's stage, told from what we know the CRM held.</summary>
internal static class Observation
{
    private const string Person = "person:";

    /// <summary>A record that a conversion makes is born with it, give or take.</summary>
    private static readonly TimeSpan SameInstant = TimeSpan.FromMinutes(1);

    /// <summary>The first sight of a lead: its stage, and when it was entered where the CRM tells.</summary>
    public static AuditDraft FirstSight(LeadRecord lead, CrmLead crm) =>
        Row(lead.LeadKey, null, null, crm.Stage?.ToString(), null, crm.StageSince, "unknown");

    /// <summary>Whether the stage is not the one that was last confirmed. A record without a place for one shows it elsewhere: only what goes further is news.</summary>
    public static bool IsForeign(LeadRecord lead, CrmLead crm) => crm.StageValue != lead.CrmStage && ((crm.HoldsStage && !Arrives(lead, crm)) || crm.Stage > lead.Stage);

    /// <summary>The first look at a record of another kind that was there before the lead became it: it keeps a stage of its own, by which nobody moved the lead back.</summary>
    public static bool Arrives(LeadRecord lead, CrmLead crm) =>
        crm.HoldsStage && lead.ObjectKind != crm.ObjectKind && crm.FormerSince.TryGetValue(lead.LeadId, out var since) && crm.CreatedAt < since - SameInstant;

    /// <summary>A stage that somebody else set. The instant is the CRM's, or nobody's. A sale after a lost one is the accepted lead's.</summary>
    public static AuditDraft Change(LeadRecord lead, CrmLead crm)
    {
        var change = LastOf(crm);
        var episode = lead.Episode is { } e && (!e.IsOver || (e.State.IsAccepted() && crm.Stage == LifecycleStage.Customer)) ? e : null;
        return Row(lead.LeadKey, episode?.Number, lead.Stage?.ToString(), crm.Stage?.ToString(), episode?.State.ToString(),
            change?.At ?? crm.StageSince, ActorOf(change?.Actor));
    }

    /// <summary>Whether a workflow or a list of the CRM set the stage that stands.</summary>
    public static bool IsByWorkflow(CrmLead crm) => LastOf(crm)?.Actor.Kind == ChangeActorKind.Workflow;

    public static string ActorOf(ChangeActor? actor) => actor?.Kind switch
    {
        ChangeActorKind.Person when actor.Id is { } id => Person + id,
        _ when actor?.IsMachine == true => "automation",
        _ => "unknown",
    };

    /// <summary>The id of the person who made an observed change; null where it was none, or nobody tells.</summary>
    public static string? PersonOf(AuditDraft row) =>
        row.Actor.StartsWith(Person, StringComparison.Ordinal) ? row.Actor[Person.Length..] : null;

    private static FieldChange? LastOf(CrmLead crm) => crm.StageHistory?.LastOrDefault(c => c.Value == crm.StageValue);

    private static AuditDraft Row(string leadKey, int? episode, string? from, string? to, string? state, DateTimeOffset? at, string actor) =>
        new(AuditKind.Observed, null, leadKey, episode, from, to, state, at, actor, null, null);
}
