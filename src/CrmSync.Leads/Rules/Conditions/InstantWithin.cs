using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>An instant not after the judgement and at most so long before it, both bounds included.</summary>
public sealed class InstantWithin(IReadOnlyList<int> slots, TimeSpan within) : FactCondition(slots)
{
    public TimeSpan Within { get; } = within;

    public override TimeSpan Window => Within;

    public override void Read(LeadFacts facts, in LeadContext context, out Reading reading)
    {
        base.Read(facts, context, out reading);
        if (reading.Result == CriterionResult.Met)
            (reading.Count, reading.SeenTicks) = (1, facts[reading.Slot].Instant.UtcTicks);
    }

    public override void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes)
    {
        var slot = Read(facts, context).Slot;
        if (!facts[slot].IsKnown)
            return;
        var seen = facts[slot].Instant;
        if (seen > context.At)
            changes.Add(seen);
        if (context.At - seen <= Within)
            changes.Add(Instants.JustAfter(seen, Within));
    }

    // The instant of something done: it can be done again.
    internal override bool CouldBecome(bool met, LeadFacts facts, in LeadContext context) => met || base.CouldBecome(met, facts, context);

    protected override bool Holds(in FactValue value, in LeadContext context) =>
        value.Instant <= context.At && context.At - value.Instant <= Within;

    private protected override ValueSet Where(bool met) => ValueSet.Of(met ? [Stretch.Between(0, Within.Ticks)] : Stretch.Between(0, Within.Ticks).Others());
}
