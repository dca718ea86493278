using CrmSync.Chaos.Checker.History;
using static CrmSync.Chaos.SelfTest.Broken;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Effects in the CRM that the audit does not bear out, and the other way round.</summary>
internal static class BreaksOfEffects
{
    public static IEnumerable<Break> All =>
    [
        new("a lead stands at another stage than was applied", "stage-at-rest", h => h.WithLead("anna", l => l with { Stage = "opportunity" })),
        new("the audit ends at another stage than the CRM shows", "stage-at-rest", 
            h => h.WithRow(h.Applied("carl", "Accepted"), r => r with { ToStage = "SalesQualified" })),
        new("a person's stage was not recorded", "stage-at-rest",
            h => h.WithAudit(rows => rows.Where(r => !(r.LeadKey == h.KeyOf("ida") && r.Kind == "Observed" && r.ToStage is "Customer" or "Opportunity")))),

        new("a marker is written twice", "one-effect", h => Again(h, "kim", null)),
        new("an offer is written twice", "one-effect", h => Again(h, "hans", "AwaitingDecision")),
        new("a late second write goes over a person's stage unnoticed", "one-effect", h => h.Append(
            Foreign(h.IdOf("anna"), CrmFields.Stage, h.Leads.First(l => l.Key == "anna").Stage, "salesqualifiedlead"),
            Read(h.IdOf("anna")),
            Ours(Our(CrmFields.People, h.IdOf("anna"), CrmFields.Stage, "salesqualifiedlead", "opportunity"))), "effects-audited"),
        new("a restored store does something again", "one-effect", h => h.Append(
            Ours(Our(CrmFields.People, h.IdOf("kim"), CrmFields.Marker, null, $"v1.restored.{h.KeyOf("kim")}.{h.Applied("kim", null).TransitionId}")))),

        new("an effect is superseded in the audit", "effects-audited", h => Ended(h, h.Applied("kim", null), "Superseded")),
        new("an applied row has no effect", "effects-audited",
            h => h.WithLine(h.LineOf(h.Applied("kim", null)), l => l with { Effects = [.. l.Effects.Where(c => c.Id != h.IdOf("kim") || c.Field != CrmFields.Marker)] })),
        new("an effect was never decided", "effects-audited", h => h.Append(
            Ours(Our(CrmFields.People, h.IdOf("lea"), CrmFields.Marker, null, $"v1.store.{h.KeyOf("lea")}.never")))),
        new("a marker is no marker", "effects-audited", h => h.Append(Ours(Our(CrmFields.People, h.IdOf("lea"), CrmFields.Marker, null, "v2.what")))),
        new("a stage is set without a marker", "effects-audited", h => h.Append(
            Read(h.IdOf("lea")), Ours(Our(CrmFields.People, h.IdOf("lea"), CrmFields.Stage, "lead", "marketingqualifiedlead")))),
        new("a text is written under the marker of before", "effects-audited", h => h.Append(
            Read(h.IdOf("kim")), Ours(Our(CrmFields.People, h.IdOf("kim"), "crmsync_why", null, "x")))),
        new("an answer is emptied under the marker of before", "effects-audited", h => h.Append(
            Foreign(h.IdOf("kim"), CrmFields.Answer, null, "accept"), Read(h.IdOf("kim")), Ours(Our(CrmFields.People, h.IdOf("kim"), CrmFields.Answer, "accept", null)))),
        new("a marker is taken away", "effects-audited", h => h.Append(Read(h.IdOf("kim")), Ours(Our(CrmFields.People, h.IdOf("kim"), CrmFields.Marker, "v1.s.k.t", null)))),
        new("an effect's audit rows are gone", "effects-audited",
            h => Without(h, h.Applied("kim", null).TransitionId!)),
    ];

    private static RunHistory Again(RunHistory h, string key, string? state)
    {
        var (line, id) = (h.LineOf(h.Applied(key, state)), h.IdOf(key));
        var marker = line.Effects.First(c => c.Id == id && c.Field == CrmFields.Marker);
        return h.Before(h.Log[h.Log.ToList().FindIndex(l => l.N == line.N) + 1], Ours(marker with { Before = null }));
    }

    private static RunHistory Ended(RunHistory h, AuditRow row, string kind) =>
        h.WithRow(row, r => r with { Kind = kind }).WithIntent(row.TransitionId!, i => i with { State = kind.ToLowerInvariant() });

    private static RunHistory Without(RunHistory h, string transition) => h.WithAudit(rows => rows.Where(r => r.TransitionId != transition))
        .With(s => s with { Intents = [.. s.Intents.Where(i => i.TransitionId != transition)] });
}
