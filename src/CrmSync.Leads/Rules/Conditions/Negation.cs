using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>The opposite; unknown stays unknown.</summary>
public sealed class Negation(Condition part) : Condition
{
    public Condition Part => part;

    public override IReadOnlyList<int> Slots => part.Slots;

    public override TimeSpan Window => part.Window;

    public override void Read(LeadFacts facts, in LeadContext context, out Reading reading)
    {
        part.Read(facts, context, out reading);
        reading.Result = CriterionResult.Met - (int)reading.Result;
    }

    public override void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes) =>
        part.AddChanges(facts, context, changes);

    public override void AddUnknownSlots(LeadFacts facts, in LeadContext context, ICollection<int> slots) =>
        part.AddUnknownSlots(facts, context, slots);

    internal override PossibleValues? Possible(bool met) => part.Possible(!met);

    internal override bool CouldBecome(bool met, LeadFacts facts, in LeadContext context) => part.CouldBecome(!met, facts, context);

    internal override long LatestAct(bool met, LeadFacts facts, in LeadContext context) => part.LatestAct(!met, facts, context);
}
