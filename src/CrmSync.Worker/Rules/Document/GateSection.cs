using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>The three gates in sentences.</summary>
internal static class GateSection
{
    internal static Section Of(RuleSet rules, AgreementText text) => new("gates", text.Gates,
    [
        new Paragraph(text.GatesBody),
        new Paragraph(PromiseText.Origin(rules, text.Language)),
        .. Each(rules, rules.Default, text).Select(gate => new Section(gate.Id, gate.Title, [new Bullets(gate.Parts)])),
    ]);

    /// <summary>The gates of one policy, in the order in which a lead meets them.</summary>
    internal static IEnumerable<(string Id, string Title, IReadOnlyList<Clause> Parts)> Each(RuleSet rules, Policy policy, AgreementText text) =>
    [
        ("mql", text.MqlGate, GateText.Mql(rules, policy, text.Language)),
        ("offer", text.OfferGate, GateText.Offer(rules, policy, text.Language)),
        ("sql", text.SalesGate, GateText.SalesQualified(rules, policy, text.Language)),
    ];
}
