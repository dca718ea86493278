using CrmSync.Leads.Rules;

namespace CrmSync.Tests.Rules;

/// <summary>Rule sets out of criteria, over the facts of the shipped rules.</summary>
internal static class Rulebook
{
    internal static RuleSet Of(Criterion[] criteria, Gate mql, Gate? offer = null) => Of(new Policy { Id = Policy.OwnId, Criteria = criteria, Gates = new(mql, offer ?? new(), new()) });

    internal static RuleSet Of(Policy policy, params Policy[] before) => new()
    {
        Schema = 1, Name = "x", Version = 1, Effective = default, Hash = "", Languages = RuleSamples.Shipped.Languages, Facts = RuleSamples.Shipped.Facts,
        Catalogue = RuleSamples.Shipped.Catalogue, Aliases = RuleSamples.Shipped.Aliases, Default = policy, Policies = before,
    };
}
