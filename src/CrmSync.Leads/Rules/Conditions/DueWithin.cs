using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>An instant still to come: not before the judgement and at most so long after it, both bounds included.</summary>
public sealed class DueWithin(IReadOnlyList<int> slots, TimeSpan within) : FactCondition(slots)
{
    public TimeSpan Within { get; } = within;

    public override void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes)
    {
        var value = facts[Read(facts, context).Slot];
        if (!value.IsKnown || value.Instant < context.At)
            return;
        changes.Add(Instants.Before(value.Instant, Within));
        changes.Add(Instants.JustAfter(value.Instant, TimeSpan.Zero));
    }

    protected override bool Holds(in FactValue value, in LeadContext context) =>
        value.Instant >= context.At && value.Instant - context.At <= Within;

    private protected override ValueSet Where(bool met) => ValueSet.Of(met ? [Stretch.Between(-Within.Ticks, 0)] : Stretch.Between(-Within.Ticks, 0).Others());
}
