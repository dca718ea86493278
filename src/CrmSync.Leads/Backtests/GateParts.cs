using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Backtests;

/// <summary>The parts of a policy's gates in words, by name (<c>mql.fit</c>), to be compared with another's.</summary>
internal static class GateParts
{
    internal static IReadOnlyDictionary<string, string> Of(RuleSet rules, Policy policy)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        parts["fit.cap"] = Number(policy.Caps.Fit);
        parts["interest.cap"] = Number(policy.Caps.Interest);
        Add("mql", policy.Gates.Mql);
        Add("offer", policy.Gates.Offer);
        Add("sql", policy.Gates.SalesQualified);
        return parts;

        void Add(string name, Gate gate)
        {
            parts[$"{name}.fit"] = Number(gate.Fit);
            parts[$"{name}.interest"] = Number(gate.Interest);
            parts[$"{name}.orHandRaise"] = gate.OrHandRaise ? "yes" : "no";
            parts[$"{name}.met"] = Criteria(policy, gate.Met);
            parts[$"{name}.atLeastOf"] = gate.AtLeast == 0 ? "none" : $"{Number(gate.AtLeast)} of {Criteria(policy, gate.Of)}";
            parts[$"{name}.noneNotMet"] = Criteria(policy, gate.NoneNotMet);
            parts[$"{name}.anyKnown"] = List(gate.AnyKnown.Select(slot => rules.Catalogue.Definitions[slot].Name));
        }
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static string Criteria(Policy policy, IReadOnlyList<int> indices) => List(indices.Select(i => policy.Criteria[i].Id));

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
