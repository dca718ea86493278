using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>At least so many of the parts; "all" and "any" are its two ends. Three-valued.</summary>
public sealed class AtLeastOf : Condition
{
    private readonly Condition[] _parts;
    private readonly bool[] _dated;

    public AtLeastOf(int needed, IReadOnlyList<Condition> parts)
    {
        (Needed, _parts, _dated) = (needed, [.. parts], [.. parts.Select(part => part.Window > TimeSpan.Zero)]);
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

    internal override PossibleValues? Possible(bool met) => PossibleValues.AtLeast(Share(met), _parts.Select(part => part.Possible(met)));

    internal override PossibleValues? Least() => PossibleValues.AtLeast(Needed, _parts.Select(part => part.Least()));

    internal override bool CouldBecome(bool met, LeadFacts facts, in LeadContext context)
    {
        var could = 0;
        foreach (var part in _parts)
            could += part.CouldBecome(met, facts, context) ? 1 : 0;
        return could >= Share(met);
    }

    // Which part carries the points is another question: an act counts beside what has no date.
    internal override long LatestAct(bool met, LeadFacts facts, in LeadContext context)
    {
        if (Read(facts, context).Result != (met ? CriterionResult.Met : CriterionResult.NotMet))
            return 0;
        long latest = 0;
        foreach (var part in _parts)
            latest = Math.Max(latest, part.LatestAct(met, facts, context));
        return latest;
    }

    internal override long LatestUnknown(LeadFacts facts, in LeadContext context, in Reading reading)
    {
        // Of what nothing is known there may be an act of now.
        if (Needed == 1 && reading.Slot >= 0 && !facts[reading.Slot].IsKnown)
            return 0;
        long latest = 0;
        for (var i = 0; i < _parts.Length; i++)
        {
            _parts[i].Read(facts, context, out var part);
            if (part.Result == CriterionResult.Met)
                latest = Math.Max(latest, part.SeenTicks);
            // Beside acts, what has no date makes nothing newer; alone it does not fade.
            if (part.Result != CriterionResult.Unknown || (Needed > 1 && !_dated[i]))
                continue;
            var unknown = _parts[i].LatestUnknown(facts, context, part);
            if (unknown == 0)
                return 0;
            latest = Math.Max(latest, unknown);
        }
        return latest;
    }

    // How many of the parts must answer so for the whole to do.
    private int Share(bool met) => met ? Needed : _parts.Length - Needed + 1;

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
