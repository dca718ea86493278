using System.Runtime.CompilerServices;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules.Values;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>
/// At least so many acts of some kinds, none older than the window (its edge included) and none after the judgement. What
/// the record cannot rule out keeps the answer unknown.
/// </summary>
public sealed class CountWithin(IReadOnlyList<int> slots, int needed, TimeSpan within) : Condition
{
    private readonly int[] _slots = [.. slots];

    public override IReadOnlyList<int> Slots => _slots;
    public int Needed { get; } = needed;
    public TimeSpan Within { get; } = within;

    public override TimeSpan Window => Within;

    // Left whole: within its caller's loop it would crowd out what that keeps in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Read(LeadFacts facts, in LeadContext context, out Reading reading)
    {
        var at = context.At.UtcTicks;
        var start = StartOf(at);
        long count = 0, atMost = 0, seen = 0, since = 0;
        var slot = _slots[0];
        foreach (var source in _slots)
        {
            var window = WindowCount.Of(facts[source], start, at);
            count += window.Count;
            atMost = Math.Min(atMost + window.AtMost, long.MaxValue / 4);
            since = Math.Max(since, window.CountedSinceTicks);
            if (window.SeenTicks > seen)
                (seen, slot) = (window.SeenTicks, source);
        }
        var result = count >= Needed ? CriterionResult.Met : atMost < Needed ? CriterionResult.NotMet : CriterionResult.Unknown;
        reading = default;
        (reading.Result, reading.Slot, reading.Count) = (result, slot, count);
        (reading.SeenTicks, reading.CountedSinceTicks) = (seen, result == CriterionResult.NotMet ? 0 : since);
    }

    public override void AddChanges(LeadFacts facts, in LeadContext context, ICollection<DateTimeOffset> changes)
    {
        var start = new DateTimeOffset(StartOf(context.At.UtcTicks), TimeSpan.Zero);
        foreach (var slot in _slots)
            if (facts[slot] is { IsKnown: true } value)
                WindowChanges.Add(value.Engagement, start, context.At, Within, changes);
    }

    public override void AddUnknownSlots(LeadFacts facts, in LeadContext context, ICollection<int> slots)
    {
        if (Read(facts, context).Result != CriterionResult.Unknown)
            return;
        var at = context.At.UtcTicks;
        foreach (var slot in _slots)
            if (WindowCount.Of(facts[slot], StartOf(at), at) is var window && window.AtMost > window.Count)
                slots.Add(slot);
    }

    internal override PossibleValues? Possible(bool met) => PossibleValues.Of(Subject, ValueSet.Of(met ? Stretch.Between(Needed, null) : Stretch.Below(Needed)));

    internal override PossibleValues? Least() => PossibleValues.Of(Subject, ValueSet.Of(Stretch.At(Needed)));

    internal override bool CouldBecome(bool met, LeadFacts facts, in LeadContext context) => met || Read(facts, context).Result != CriterionResult.Met;

    internal override long LatestUnknown(LeadFacts facts, in LeadContext context, in Reading reading)
    {
        var at = context.At.UtcTicks;
        // Without a second look at the acts: of one kind, it is that kind that is not known.
        if (_slots.Length == 1)
            return Math.Max(reading.SeenTicks, WindowCount.LatestUnknown(facts[_slots[0]], at));
        long latest = 0;
        foreach (var slot in _slots)
        {
            var window = WindowCount.Of(facts[slot], StartOf(at), at);
            latest = Math.Max(latest, window.AtMost > window.Count ? Math.Max(window.SeenTicks, WindowCount.LatestUnknown(facts[slot], at)) : window.SeenTicks);
        }
        return latest;
    }

    private string Subject => $"{string.Join(',', _slots)} within {Within.Ticks}";

    private long StartOf(long at) => Math.Max(0, at - Within.Ticks);
}
