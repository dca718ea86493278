using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A condition on one value: that of the first of its facts that is known.</summary>
public abstract class FactCondition(IReadOnlyList<int> slots) : Condition
{
    public override IReadOnlyList<int> Slots { get; } = slots;

    public override Reading Read(LeadFacts facts, in LeadContext context)
    {
        for (var i = 0; i < Slots.Count; i++)
        {
            var value = facts[Slots[i]];
            if (value.IsKnown)
                return new(Holds(value, context) ? CriterionResult.Met : CriterionResult.NotMet, Slots[i]);
        }
        return new(CriterionResult.Unknown, Slots[0]);
    }

    public override void AddUnknownSlots(LeadFacts facts, in LeadContext context, ICollection<int> slots)
    {
        // One of several sources is enough to fill, so only the first is asked for.
        if (Read(facts, context).Result == CriterionResult.Unknown)
            slots.Add(Slots[0]);
    }

    /// <summary>Whether a known value meets the condition.</summary>
    protected abstract bool Holds(in FactValue value, in LeadContext context);
}
