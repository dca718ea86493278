namespace CrmSync.Worker.Rules.Review;

/// <summary>
/// Says what conditions can answer at all. A "never" is proved; where it cannot tell, it holds everything possible. The time
/// it takes grows with the tests of a file times their depth.
/// </summary>
internal sealed class Reasoning(Subjects subjects)
{
    // Comparing each part with each other one is for lists that people write.
    private const int MostCompared = 64;

    /// <summary>Values under which a condition gives the answer; null: it never does.</summary>
    internal Box? Where(SourceCondition condition, AskedAnswer answer) => condition switch
    {
        SourceTest test => Box.Of(subjects.Of(test), subjects.Of(test).Where(test, answer)),
        SourceNot not => Where(not.Part, Opposite(answer)),
        _ => Where((SourceGroup)condition, answer),
    };

    internal bool Never(SourceCondition condition, AskedAnswer answer) => Where(condition, answer) is null;

    /// <summary>Whether the first is never met without the second.</summary>
    internal bool Implies(SourceCondition first, SourceCondition second) =>
        Box.Both(Where(first, AskedAnswer.Met), Where(second, AskedAnswer.AnythingButMet)) is null;

    /// <summary>Whether the two are never met at once.</summary>
    internal bool Excludes(SourceCondition first, SourceCondition second) => Box.Both(Where(first, AskedAnswer.Met), Where(second, AskedAnswer.Met)) is null;

    /// <summary>What makes parts that are possible one by one impossible together, or null.</summary>
    internal Subject? Torn(SourceGroup group)
    {
        Box? all = Box.Anything;
        foreach (var part in group.Parts)
        {
            all = Box.Both(all, Where(part, AskedAnswer.Met), out var torn);
            if (torn is not null)
                return torn;
        }
        return null;
    }

    /// <summary>
    /// Pairs of parts of which the first never answers more than the second, unknown lying between no and yes; each pair once,
    /// the other way round where both hold. So 'exists' beside another test of its fact is none: it makes a no of unknown.
    /// </summary>
    internal IEnumerable<(SourceCondition First, SourceCondition Second, bool Same)> Implied(SourceGroup group)
    {
        var parts = group.Parts.Take(MostCompared).Select(part => (Part: part, Met: Where(part, AskedAnswer.Met), Less: Where(part, AskedAnswer.AnythingButMet),
                No: Where(part, AskedAnswer.NotMet), More: Where(part, AskedAnswer.AnythingButNotMet)))
            .Where(part => part is { Met: not null, Less: not null }).ToList();
        for (var i = 0; i < parts.Count; i++)
            for (var j = i + 1; j < parts.Count; j++)
            {
                var forward = Box.Both(parts[i].Met, parts[j].Less) is null && Box.Both(parts[j].No, parts[i].More) is null;
                var back = Box.Both(parts[j].Met, parts[i].Less) is null && Box.Both(parts[i].No, parts[j].More) is null;
                if (forward || back)
                    yield return forward && !back ? (parts[i].Part, parts[j].Part, false) : (parts[j].Part, parts[i].Part, forward);
            }
    }

    private Box? Where(SourceGroup group, AskedAnswer answer)
    {
        var needed = answer is AskedAnswer.Met or AskedAnswer.AnythingButNotMet ? group.Needed : group.Parts.Count - group.Needed + 1;
        var possible = group.Parts.Select(part => Where(part, answer)).OfType<Box>().ToList();
        if (possible.Count < needed)
            return null;
        return needed == possible.Count ? possible.Aggregate((Box?)Box.Anything, Box.Both) : possible.Aggregate(Box.Either);
    }

    private static AskedAnswer Opposite(AskedAnswer answer) => answer switch
    {
        AskedAnswer.Met => AskedAnswer.NotMet,
        AskedAnswer.NotMet => AskedAnswer.Met,
        AskedAnswer.AnythingButMet => AskedAnswer.AnythingButNotMet,
        _ => AskedAnswer.AnythingButMet,
    };
}
