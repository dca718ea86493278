using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Leads.Texts;

/// <summary>
/// The count of acts that a finding tells of, found in a condition of several parts. <paramref name="Alone"/>: no other part has
/// to hold as well.
/// </summary>
internal sealed record DecidingCount(int Needed, TimeSpan Within, bool Alone)
{
    /// <summary>In whole days, begun ones included.</summary>
    internal int WindowDays => (int)Math.Ceiling(Within.TotalDays);

    /// <summary>Null where no number can be told: under a "not", of kinds added together, or where two windows could have given it.</summary>
    internal static DecidingCount? Of(Condition condition, int slot, Finding finding, DateTimeOffset at)
    {
        var counts = Counts(condition, slot, negated: false, alone: true).ToList();
        if (counts.Contains(null))
            return null;
        var fitting = counts.Where(count => count!.Gave(finding, at)).ToList();
        return fitting.Count > 0 && fitting.All(count => count!.Within == fitting[0]!.Within) ? fitting[0] : null;
    }

    // A null stands for a count that cannot be told.
    private static IEnumerable<DecidingCount?> Counts(Condition condition, int slot, bool negated, bool alone) => condition switch
    {
        Negation not => Counts(not.Part, slot, negated: true, alone),
        AtLeastOf several => several.Parts.SelectMany(part => Counts(part, slot, negated, alone && several.Needed == 1)),
        CountWithin count when count.Slots.Contains(slot) => [negated || (count.Needed > 1 && count.Slots.Count > 1) ? null : new(count.Needed, count.Within, alone)],
        _ => [],
    };

    private bool Gave(Finding finding, DateTimeOffset at) =>
        finding.Count >= Needed == (finding.Result == CriterionResult.Met) && (finding.SeenAt is not { } seen || at - seen <= Within);
}
