using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A number within bounds, both included; null leaves a side open.</summary>
public sealed class NumberBetween(IReadOnlyList<int> slots, decimal? min, decimal? max) : FactCondition(slots)
{
    private readonly decimal _least = min ?? decimal.MinValue;
    private readonly decimal _most = max ?? decimal.MaxValue;

    public decimal? Min { get; } = min;
    public decimal? Max { get; } = max;

    protected override bool Holds(in FactValue value, in LeadContext context) =>
        value.Number >= _least && value.Number <= _most;

    private protected override ValueSet Where(bool met) => ValueSet.Of(met ? [Stretch.Between(Min, Max)] : Stretch.Between(Min, Max).Others());
}

/// <summary>A flag that is set, or not set.</summary>
public sealed class FlagIs(IReadOnlyList<int> slots, bool wanted) : FactCondition(slots)
{
    public bool Wanted { get; } = wanted;

    protected override bool Holds(in FactValue value, in LeadContext context) => value.Flag == Wanted;

    private protected override ValueSet Where(bool met) => ValueSet.Of(Stretch.At(met == Wanted ? 1 : 0));
}

/// <summary>A BANT answer. An answer not given is unknown, never "no".</summary>
public sealed class BantIs(IReadOnlyList<int> slots, BantAnswer wanted) : FactCondition(slots)
{
    public BantAnswer Wanted { get; } = wanted;

    protected override bool Holds(in FactValue value, in LeadContext context) => value.Bant == Wanted;

    private protected override ValueSet Where(bool met) => ValueSet.Of(met ? [Stretch.At((int)Wanted)] : Stretch.At((int)Wanted).Others());
}

/// <summary>Whether any of the facts is known. The one condition that is never unknown itself.</summary>
public sealed class FactExists(IReadOnlyList<int> slots) : FactCondition(slots)
{
    public override void Read(LeadFacts facts, in LeadContext context, out Reading reading)
    {
        base.Read(facts, context, out reading);
        if (reading.Result == CriterionResult.Unknown)
            reading.Result = CriterionResult.NotMet;
    }

    internal override bool CouldBecome(bool met, LeadFacts facts, in LeadContext context) => met || base.CouldBecome(met, facts, context);

    protected override bool Holds(in FactValue value, in LeadContext context) => true;

    private protected override ValueSet Where(bool met) => met ? ValueSet.Known : ValueSet.NothingKnown;
}
