using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

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

    public override TimeSpan Window => Parts.Select(part => part.Window).DefaultIfEmpty().Max();

    public override void Read(LeadFacts facts, in LeadContext context, out Reading reading)
    {
        var (met, open) = (0, 0);
        reading = default;
        for (var i = 0; i < _parts.Length; i++)
        {
            CriterionResult result;
            if (i == 0)
            {
                _parts[i].Read(facts, context, out reading);
                result = reading.Result;
            }
            else
            {
                _parts[i].Read(facts, context, out var part);
                result = part.Result;
                if (result > reading.Result || (result == CriterionResult.Met && TellsMore(part, reading)))
                    reading = part;
            }
            met += result == CriterionResult.Met ? 1 : 0;
            open += result == CriterionResult.Unknown ? 1 : 0;
        }
        if (met >= Needed)
            return;
        // What is missing tells more than what was met.
        if (met > 0)
            ReadMissing(facts, context, out reading);
        reading.Result = met + open < Needed ? CriterionResult.NotMet : CriterionResult.Unknown;
    }

    // Where one part is enough, one that does not fade carries the points: more evidence never lowers them.
    private bool TellsMore(in Reading part, in Reading known) =>
        Needed == 1 && (part.SeenTicks == 0 || known.SeenTicks == 0) ? part.SeenTicks == 0 : part.SeenTicks > known.SeenTicks;

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

    internal override PossibleValues? Possible(bool met) =>
        PossibleValues.AtLeast(met ? Needed : _parts.Length - Needed + 1, _parts.Select(part => part.Possible(met)));

    // The first part that is unknown, or the first of all.
    private void ReadMissing(LeadFacts facts, in LeadContext context, out Reading reading)
    {
        foreach (var part in _parts)
        {
            part.Read(facts, context, out reading);
            if (reading.Result == CriterionResult.Unknown)
                return;
        }
        _parts[0].Read(facts, context, out reading);
    }
}
