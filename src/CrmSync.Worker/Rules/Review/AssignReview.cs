using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Review;

/// <summary>Looks at who gets an offer: is there always somebody, and do substitutes lead to one?</summary>
internal static class AssignReview
{
    internal static void Review(YamlMap tree, RuleSet rules, DateOnly today, ReviewNotes notes)
    {
        var assign = rules.Assign;
        if (rules.Sla.Silence == SilencePolicy.Reassign && !assign.ToOwner && assign.People.Count() == 1)
            notes.Warn(tree.Nearest("assign"), "Only one person gets offers: what they do not answer can go to nobody else.", "Name another one, or a fallback.");
        if (assign.Fallback.Count == 0)
            notes.Note(tree.Nearest("assign"), "No fallback is named: where nobody else is there an offer goes to nobody.", "Add fallback: id. 'check' tells whether the CRM knows them.");
        var named = assign.Rules.SelectMany(rule => rule.People).Concat(assign.Fallback).Concat(assign.Absences.Select(absence => absence.Substitute)).ToHashSet(StringComparer.Ordinal);
        var nodes = (tree.Nearest("assign") as YamlMap)?.MapsAt("absent").ToList() ?? [];
        foreach (var (absence, node) in assign.Absences.Zip(nodes))
        {
            if (absence.Until is null)
                notes.Warn(node, $"The absence of '{absence.Who}' never ends.", "Add until: with the last day away, or take them out of the lists.");
            else if (absence.Until < today)
                notes.Note(node, $"The absence of '{absence.Who}' is past.", "Remove it.");
            if (Circle(assign.Absences, absence) is { } circle)
                notes.Error(node.Find("substitute")!, $"Substitutes stand in for each other in a circle: {string.Join(", ", circle.Select(who => $"'{who}'"))}.", "While all of these are away nobody stands in: name somebody who is there.");
            else if (!named.Contains(absence.Who))
                notes.Warn(node.Find("who")!, $"'{absence.Who}' is in no list of 'assign': this matters only where the CRM says that they own a lead or a company.", Spelling.Suggest(absence.Who, [.. named.OfType<string>()]));
        }
        foreach (var (rule, node) in assign.Rules.Zip((tree.Nearest("assign") as YamlMap)?.MapsAt("rules") ?? []))
            if (rule.People.All(person => assign.Absences.Any(absence => absence.Who == person && absence.Until is null && absence.Substitute is null)))
                notes.Warn(node.Find("people")!, $"Everybody of '{rule.Id}' is away for good: the rule gives offers to nobody.", "Name somebody who is there.");
    }

    /// <summary>From a person over substitutes who are away on the same day back to one of them, or null.</summary>
    private static List<string>? Circle(IReadOnlyList<Absence> absences, Absence first)
    {
        List<string> way = [first.Who];
        for (var (at, who) = (first, first.Substitute); who is not null; who = at.Substitute)
        {
            way.Add(who);
            if (way.IndexOf(who) < way.Count - 1)
                return way;
            var then = at;
            if (absences.FirstOrDefault(absence => absence.Who == who && absence.During(then) is not null)?.During(then) is not { } next)
                return null;
            at = next;
        }
        return null;
    }
}
