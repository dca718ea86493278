using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says how many acts a window must hold: "attended a webinar within 60 days", "at least 3 page views in 30 days".</summary>
internal static class ActCountText
{
    internal static string Of(CountWithin test, IReadOnlyList<FactDefinition> facts, bool negated, Wording words)
    {
        var span = words.Span(test.Within);
        if (test.Needed == 1 && !negated)
            return $"{words.Or([.. facts.Select(fact => FactNouns.ActOf(fact, words))])} {words["inden for", "within"]} {span}";
        var acts = words.Or([.. facts.Select(fact => FactNouns.ActsOf(fact, words))]);
        var together = facts.Count > 1 && test.Needed > 1 ? words[", lagt sammen,", ", added together,"] : "";
        var count = (test.Needed, negated) switch
        {
            (1, _) => words["ingen", "no"],
            (_, true) => $"{words["færre end", "fewer than"]} {words.Number(test.Needed)}",
            _ => $"{words["mindst", "at least"]} {words.Number(test.Needed)}",
        };
        return $"{count} {acts}{together} {words["på", "in"]} {span}";
    }
}
