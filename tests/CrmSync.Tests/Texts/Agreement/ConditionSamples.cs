using CrmSync.Leads.Rules;
using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Texts.Agreement;

/// <summary>Rule sets of one criterion, with facts of every type, and what their condition says.</summary>
internal static class ConditionSamples
{
    /// <summary>The facts beside the built-in ones: a number, a date, a flag, choices, a text and a BANT answer.</summary>
    internal static RuleSet Rules(string when) => RuleSamples.Parse($$"""
        schema: 1
        name: Sample
        version: 1
        effective: 2026-01-01
        languages: [en, da]
        facts:
          - { name: company.turnover, type: number, from: {}, label: { en: Turnover, da: Omsætning } }
          - { name: contract.ends, type: instant, from: {}, label: { en: Contract ends, da: Kontrakt udløber } }
          - { name: company.competitor, type: flag, from: {}, label: { en: Competitor, da: Konkurrent } }
          - { name: person.wishes, type: choices, from: {}, label: { en: Wishes, da: Ønsker } }
          - { name: company.system, type: text, from: {} }
          - { name: bant.board, type: bant, from: {}, label: { en: Board, da: Bestyrelse } }
        criteria:
          - id: one
            group: interest
            points: 30
            when: {{when}}
            text: { en: One, da: En }
        gates:
          mql: { interest: 10 }
        """);

    internal static string Say(string when, string language)
    {
        var rules = Rules(when);
        return Flat(CrmSync.Leads.Texts.Agreement.ConditionText.Of(rules, rules.Criteria[0].When, language));
    }

    private static string Flat(CrmSync.Leads.Texts.Agreement.Clause statement) => statement.Parts.Count == 0
        ? statement.Text
        : $"{statement.Text}: [{string.Join("; ", statement.Parts.Select(Flat))}]";
}
