using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>A condition on one value: that of the first of its facts that is known.</summary>
public abstract class FactCondition(IReadOnlyList<int> slots) : Condition
{
    private readonly int[] _slots = [.. slots];

    public override IReadOnlyList<int> Slots => _slots;

    public override void Read(LeadFacts facts, in LeadContext context, out Reading reading)
    {
        reading = default;
        foreach (var slot in _slots)
        {
            ref readonly var value = ref facts[slot];
            if (!value.IsKnown)
                continue;
            (reading.Result, reading.Slot) = (Holds(value, context) ? CriterionResult.Met : CriterionResult.NotMet, slot);
            return;
        }
        (reading.Result, reading.Slot) = (CriterionResult.Unknown, _slots[0]);
    }

    public override void AddUnknownSlots(LeadFacts facts, in LeadContext context, ICollection<int> slots)
    {
        // One of several sources is enough to fill, so only the first is asked for.
        if (Read(facts, context).Result == CriterionResult.Unknown)
            slots.Add(_slots[0]);
    }

    internal override PossibleValues? Possible(bool met) => PossibleValues.Of(Subject, Where(met));

    /// <summary>What it asks about: tests with one subject see one value.</summary>
    protected string Subject => string.Join(',', _slots);

    /// <summary>The values for which it is met, or not met.</summary>
    private protected abstract ValueSet Where(bool met);

    /// <summary>Whether a known value meets the condition.</summary>
    protected abstract bool Holds(in FactValue value, in LeadContext context);
}
