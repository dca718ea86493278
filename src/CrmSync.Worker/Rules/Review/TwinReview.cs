namespace CrmSync.Worker.Rules.Review;

/// <summary>Finds criteria of one score that ask the same: whoever meets one gets the points of both.</summary>
internal static class TwinReview
{
    internal static void Review(SourceFile file, Reasoning reasoning, ReviewNotes notes)
    {
        foreach (var group in (string[])["fit", "interest"])
        {
            var criteria = file.Criteria.Where(criterion => criterion.When is not null && criterion.Map.TextAt("group") == group).ToList();
            var proved = reasoning.Implied(new(file.Tree, 1, [.. criteria.Select(criterion => criterion.When!)]))
                .Where(pair => pair.Same).Select(pair => (pair.First, pair.Second)).ToHashSet();
            for (var i = 0; i < criteria.Count; i++)
                if (criteria.Take(i).FirstOrDefault(earlier => proved.Contains((criteria[i].When!, earlier.When!)) || Alike(criteria[i].When!, earlier.When!)) is { } twin)
                    notes.Warn(criteria[i].When!.At, $"'{criteria[i].Id}' asks the same as '{twin.Id}': whoever meets one gets the points of both.", "Remove one, or give one of them all the points.");
        }
    }

    // Of composed conditions that say the same in the same words, reasoning may prove too little.
    private static bool Alike(SourceCondition a, SourceCondition b) => (a, b) switch
    {
        (SourceTest one, SourceTest other) => one.Op == other.Op && one.FactName == other.FactName && one.Within == other.Within
            && one.Values.Select(value => value.Value).SequenceEqual(other.Values.Select(value => value.Value)),
        (SourceNot one, SourceNot other) => Alike(one.Part, other.Part),
        (SourceGroup one, SourceGroup other) => one.Needed == other.Needed && one.Parts.Count == other.Parts.Count
            && one.Parts.Zip(other.Parts).All(parts => Alike(parts.First, parts.Second)),
        _ => false,
    };
}
