using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>Whether the pause after a "no" still runs. One that a request has lifted is not in the context.</summary>
public sealed class InCoolOff : Condition
{
    public override IReadOnlyList<int> Slots => [];

    public override void Read(LeadFacts facts, in LeadContext context, out Reading reading) =>
        reading = new(context.CoolOff is { } pause && (pause.Until is not { } until || context.At < until) ? CriterionResult.Met : CriterionResult.NotMet);

    public override void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes)
    {
        if (context.CoolOff is { Until: { } until } && until > context.At)
            changes.Add(until);
    }

    internal override PossibleValues? Possible(bool met) => PossibleValues.Of("the pause", ValueSet.Of(Stretch.At(met ? 1 : 0)));
}
