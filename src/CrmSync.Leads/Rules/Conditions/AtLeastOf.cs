using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>At least so many of the parts; "all" and "any" are its two ends. Three-valued.</summary>
public sealed class AtLeastOf : Condition
{
    private readonly Condition[] _parts;

    public AtLeastOf(int needed, IReadOnlyList<Condition> parts)
    {
        (Needed, _parts) = (needed, [.. parts]);
        Slots = [.. parts.SelectMany(part => part.Slots).Distinct()];
    }

    public static AtLeastOf All(IReadOnlyList<Condition> parts) => new(parts.Count, parts);

    public static AtLeastOf Any(IReadOnlyList<Condition> parts) => new(1, parts);

    public int Needed { get; }
    public IReadOnlyList<Condition> Parts => _parts;
    public override IReadOnlyList<int> Slots { get; }

    public override int ActsNeeded => Parts.Select(part => part.ActsNeeded).DefaultIfEmpty(1).Max();
    public override TimeSpan Window => Parts.Select(part => part.Window).DefaultIfEmpty().Max();

    public override Reading Read(LeadFacts facts, in LeadContext context)
    {
        var (met, open) = (0, 0);
        Reading telling = default, first = default;
        for (var i = 0; i < _parts.Length; i++)
        {
            var part = _parts[i].Read(facts, context);
            if (i == 0)
                first = part;
            if (part.Result == CriterionResult.Met)
                (met, telling) = (met + 1, met == 0 || part.SeenTicks > telling.SeenTicks ? part : telling);
            else if (part.Result == CriterionResult.Unknown)
                (open, first) = (open + 1, open == 0 ? part : first);
        }
        if (met >= Needed)
            return telling;
        return first with { Result = met + open < Needed ? CriterionResult.NotMet : CriterionResult.Unknown };
    }

    public override void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes)
    {
        foreach (var part in Parts)
            part.AddChanges(facts, context, changes);
    }

    public override void AddUnknownSlots(LeadFacts facts, in LeadContext context, ICollection<int> slots)
    {
        if (Read(facts, context).Result != CriterionResult.Unknown)
            return;
        foreach (var part in Parts)
            part.AddUnknownSlots(facts, context, slots);
    }
}
