using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>The parts of a rule set's gates in words, by name (<c>mql.fit</c>), to be compared with another's.</summary>
internal static class GateParts
{
    internal static IReadOnlyDictionary<string, string> Of(RuleSet rules)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("mql", rules.Gates.Mql);
        Add("offer", rules.Gates.Offer);
        Add("sql", rules.Gates.SalesQualified);
        return parts;

        void Add(string name, Gate gate)
        {
            parts[$"{name}.fit"] = Number(gate.Fit);
            parts[$"{name}.interest"] = Number(gate.Interest);
            parts[$"{name}.orHandRaise"] = gate.OrHandRaise ? "yes" : "no";
            parts[$"{name}.met"] = Criteria(rules, gate.Met);
            parts[$"{name}.atLeastOf"] = gate.AtLeast == 0 ? "none" : $"{Number(gate.AtLeast)} of {Criteria(rules, gate.Of)}";
            parts[$"{name}.noneNotMet"] = Criteria(rules, gate.NoneNotMet);
            parts[$"{name}.anyKnown"] = List(gate.AnyKnown.Select(slot => rules.Catalogue.Definitions[slot].Name));
        }
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static string Criteria(RuleSet rules, IReadOnlyList<int> indices) => List(indices.Select(i => rules.Criteria[i].Id));

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
