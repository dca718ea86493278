using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>The three gates in sentences.</summary>
internal static class GateSection
{
    internal static Section Of(RuleSet rules, AgreementText text) => new("gates", text.Gates,
    [
        new Paragraph(text.GatesBody),
        new Section("mql", text.MqlGate, [new Bullets(GateText.Mql(rules, rules.Criteria, rules.Gates.Mql, text.Language))]),
        new Section("offer", text.OfferGate, [new Bullets(GateText.Offer(rules, rules.Criteria, rules.Gates.Offer, text.Language))]),
        new Section("sql", text.SalesGate, [new Bullets(GateText.SalesQualified(rules, rules.Criteria, rules.Gates.SalesQualified, text.Language))]),
    ]);
}
