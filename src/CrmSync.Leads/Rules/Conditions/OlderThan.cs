using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>An instant more than so long before the judgement; exactly so long is not older.</summary>
public sealed class OlderThan(IReadOnlyList<int> slots, TimeSpan age) : FactCondition(slots)
{
    public TimeSpan Age { get; } = age;

    public override void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes)
    {
        if (facts[Read(facts, context).Slot] is { IsKnown: true } value)
            changes.Add(Instants.JustAfter(value.Instant, Age));
    }

    protected override bool Holds(in FactValue value, in LeadContext context) => context.At - value.Instant > Age;

    private protected override ValueSet Where(bool met) => ValueSet.Of(met ? [Stretch.Above(Age.Ticks)] : Stretch.Above(Age.Ticks).Others());
}
