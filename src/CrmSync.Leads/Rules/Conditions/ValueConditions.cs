using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A number within bounds, both included; null leaves a side open.</summary>
public sealed class NumberBetween(IReadOnlyList<int> slots, decimal? min, decimal? max) : FactCondition(slots)
{
    public decimal? Min { get; } = min;
    public decimal? Max { get; } = max;

    protected override bool Holds(in FactValue value, in LeadContext context) =>
        (Min is not { } least || value.Number >= least) && (Max is not { } most || value.Number <= most);
}

/// <summary>A flag that is set, or not set.</summary>
public sealed class FlagIs(IReadOnlyList<int> slots, bool wanted) : FactCondition(slots)
{
    public bool Wanted { get; } = wanted;

    protected override bool Holds(in FactValue value, in LeadContext context) => value.Flag == Wanted;
}

/// <summary>A BANT answer. An answer not given is unknown, never "no".</summary>
public sealed class BantIs(IReadOnlyList<int> slots, BantAnswer wanted) : FactCondition(slots)
{
    public BantAnswer Wanted { get; } = wanted;

    protected override bool Holds(in FactValue value, in LeadContext context) => value.Bant == Wanted;
}

/// <summary>Whether any of the facts is known. The one condition that is never unknown itself.</summary>
public sealed class Exists(IReadOnlyList<int> slots) : FactCondition(slots)
{
    public override Reading Read(LeadFacts facts, in LeadContext context)
    {
        var reading = base.Read(facts, context);
        return reading.Result == CriterionResult.Unknown ? reading with { Result = CriterionResult.NotMet } : reading;
    }

    protected override bool Holds(in FactValue value, in LeadContext context) => true;
}
