using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// What explains an answer, made when it is asked for: of a hundred leads that are looked at, few change and fewer are asked
/// about. Any thread may ask; each part is made from what never changes.
/// </summary>
internal sealed class Explanation(RuleSet rules, Policy policy, LeadFacts facts, LeadContext context, Reading[] readings, GateCheck gates)
{
    private IReadOnlyList<Finding>? _findings;
    private IReadOnlyList<string>? _missing;
    private Change? _change;

    public IReadOnlyList<Finding> Findings => _findings ??= FindingWriter.Of(policy, facts, readings);

    public IReadOnlyList<string> MissingFacts => _missing ??= MissingData.Of(rules, policy, facts, context, gates, readings);

    public Hinge? HungOn => Changed.HungOn;

    public Shortfall? Shortfall => Changed.Shortfall;

    public bool KnowsNone(IReadOnlyList<int> slots) => slots.All(slot => !facts[slot].IsKnown);

    private Change Changed => _change ??= Change.Of(new(policy, facts, context, readings));

    private sealed record Change(Hinge? HungOn, Shortfall? Shortfall)
    {
        public static Change Of(WhatIf whatIf) => new(whatIf.HungOn(), whatIf.Shortfall());
    }
}
