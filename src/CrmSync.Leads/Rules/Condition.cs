using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules;

/// <summary>
/// A test over facts, compiled to slots when the rule file is loaded. Reading it allocates nothing, asks no clock and gives
/// the same answer on every machine. The set of conditions is closed: they are the types in <c>Conditions/</c>.
/// </summary>
public abstract class Condition
{
    /// <summary>The slots of every fact it may ask.</summary>
    public abstract IReadOnlyList<int> Slots { get; }

    /// <summary>The longest time it looks back; zero for what does not depend on time.</summary>
    public virtual TimeSpan Window => TimeSpan.Zero;

    /// <summary>Reads the facts, which lie in the catalogue of the rule set.</summary>
    public Reading Read(LeadFacts facts, in LeadContext context)
    {
        Read(facts, context, out var reading);
        return reading;
    }

    /// <summary>The same, written where the caller keeps it: handing readings over would cost more than reading.</summary>
    public abstract void Read(LeadFacts facts, in LeadContext context, out Reading reading);

    /// <summary>Adds instants after the judgement at which the answer may change although no fact does.</summary>
    public virtual void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes)
    {
    }

    /// <summary>Adds the slots whose unknown value keeps the answer open.</summary>
    public virtual void AddUnknownSlots(LeadFacts facts, in LeadContext context, ICollection<int> slots)
    {
        if (Read(facts, context).Result != CriterionResult.Unknown)
            return;
        foreach (var slot in Slots)
            slots.Add(slot);
    }

    /// <summary>The values under which it can be met, or not be met: null if never, and never too few.</summary>
    internal virtual PossibleValues? Possible(bool met) => PossibleValues.Anything;

    /// <summary>The values under which it is met by as few acts as it takes.</summary>
    internal virtual PossibleValues? Least() => Possible(met: true);

    /// <summary>Whether more acts, or empty fields filled in, can still bring it to be met, or not met: nobody undoes what was done.</summary>
    internal virtual bool CouldBecome(bool met, LeadFacts facts, in LeadContext context) =>
        Read(facts, context).Result != (met ? CriterionResult.NotMet : CriterionResult.Met);

    /// <summary>UTC ticks of the latest act by which it is met, or not met; 0 if it is not so, or by no act.</summary>
    internal virtual long LatestAct(bool met, LeadFacts facts, in LeadContext context) =>
        met && Read(facts, context) is { Result: CriterionResult.Met } reading ? reading.SeenTicks : 0;

    /// <summary>UTC ticks of the latest act that could yet be found to meet it, where that is unknown; 0: it could be of now, or without a date.</summary>
    /// <param name="reading">What it answers, which is unknown.</param>
    internal virtual long LatestUnknown(LeadFacts facts, in LeadContext context, in Reading reading) => 0;
}
