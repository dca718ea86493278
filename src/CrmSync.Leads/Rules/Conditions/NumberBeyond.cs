using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A number greater than a bound that is itself not enough.</summary>
public sealed class MoreThan(IReadOnlyList<int> slots, decimal bound) : FactCondition(slots)
{
    public decimal Bound { get; } = bound;

    protected override bool Holds(in FactValue value, in LeadContext context) => value.Number > Bound;

    private protected override ValueSet Where(bool met) => ValueSet.Of(met ? [Stretch.Above(Bound)] : Stretch.Above(Bound).Others());
}

/// <summary>A number less than a bound that is itself too much.</summary>
public sealed class LessThan(IReadOnlyList<int> slots, decimal bound) : FactCondition(slots)
{
    public decimal Bound { get; } = bound;

    protected override bool Holds(in FactValue value, in LeadContext context) => value.Number < Bound;

    private protected override ValueSet Where(bool met) => ValueSet.Of(met ? [Stretch.Below(Bound)] : Stretch.Below(Bound).Others());
}
