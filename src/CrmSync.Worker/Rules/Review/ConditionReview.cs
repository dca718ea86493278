namespace CrmSync.Worker.Rules.Review;

/// <summary>Finds conditions, and parts of conditions, that can never hold, always hold, or change nothing.</summary>
internal sealed class ConditionReview(Reasoning reasoning, Subjects subjects, ReviewNotes notes)
{
    /// <summary><paramref name="what"/>: "The criterion 'x'"; it is told where nothing smaller is to blame.</summary>
    internal void Review(SourceCondition condition, string what)
    {
        if (reasoning.Never(condition, AskedAnswer.Met))
            Blame(condition, AskedAnswer.Met, what);
        else if (reasoning.Never(condition, AskedAnswer.NotMet))
            notes.Warn(Smallest(condition, AskedAnswer.NotMet).At, $"{what} is met by every lead whose facts are known: it tells no lead from another.", "Narrow it, or remove it.");
        Parts(condition);
    }

    private void Blame(SourceCondition condition, AskedAnswer answer, string what)
    {
        var smallest = Smallest(condition, answer);
        if (answer == AskedAnswer.NotMet || smallest is SourceNot)
            notes.Error(smallest.At, $"{what} can never be met: what stands under 'not' always holds where it is known.", "Narrow it.");
        else if (smallest is SourceGroup group && reasoning.Torn(group) is { } torn)
            notes.Error(smallest.At, $"{what} can never be met: {Clash(group, torn)}.", "Correct one of them, or write any: [...] if either is enough.");
        else
            notes.Error(smallest.At, $"{what} can never be met.", "Correct it, or remove it.");
    }

    // The innermost condition that is impossible although its parts are not.
    private SourceCondition Smallest(SourceCondition condition, AskedAnswer answer)
    {
        if (condition is SourceNot not)
            return not;
        var guilty = (condition as SourceGroup)?.Parts.FirstOrDefault(part => reasoning.Never(part, answer));
        return guilty is null ? condition : Smallest(guilty, answer);
    }

    private string Clash(SourceGroup group, Subject torn)
    {
        var tests = group.Parts.SelectMany(part => Signed(part, plain: true)).Where(test => subjects.Of(test.Test) is var asked && (asked == torn || asked.IsKin(torn))).ToList();
        for (var i = 0; i < tests.Count; i++)
            for (var j = i + 1; j < Math.Min(tests.Count, i + 50); j++)
                if (Box.Both(Of(tests[i]), Of(tests[j])) is null)
                    return $"{Say(tests[i])} and {Say(tests[j])} exclude each other";
        return $"its conditions on {torn.Name} exclude each other";
    }

    private Box? Of((SourceTest Test, bool Plain) test) => reasoning.Where(test.Test, test.Plain ? AskedAnswer.Met : AskedAnswer.NotMet);

    private static string Say((SourceTest Test, bool Plain) test) => test.Plain ? $"'{test.Test.Words}'" : $"not '{test.Test.Words}'";

    private static IEnumerable<(SourceTest Test, bool Plain)> Signed(SourceCondition condition, bool plain) => condition switch
    {
        SourceTest test => [(test, plain)],
        SourceNot not => Signed(not.Part, !plain),
        _ => ((SourceGroup)condition).Parts.SelectMany(part => Signed(part, plain)),
    };

    private void Parts(SourceCondition condition)
    {
        if (condition is SourceNot not)
            Parts(not.Part);
        if (condition is not SourceGroup group)
            return;
        foreach (var part in group.Parts)
        {
            if (group.Needed < group.Parts.Count && reasoning.Never(part, AskedAnswer.Met))
                notes.Warn(part.At, "This alternative can never be met.", "Correct it, or remove it.");
            Parts(part);
        }
        if (group.Needed == 1 || group.Needed == group.Parts.Count)
            foreach (var (first, second, same) in reasoning.Implied(group))
                Redundant(group, first, second, same);
    }

    // Of 'all' the weaker part says nothing more; of 'any' the stronger one.
    private void Redundant(SourceGroup group, SourceCondition first, SourceCondition second, bool same)
    {
        var all = group.Needed > 1;
        var (superfluous, by) = all ? (second, first) : (first, second);
        if (same)
            (superfluous, by) = first.At.Line > second.At.Line || (first.At.Line == second.At.Line && first.At.Column > second.At.Column) ? (first, second) : (second, first);
        var other = by is SourceTest test ? $"'{test.Words}'" : $"the condition at line {by.At.Line}";
        notes.Warn(superfluous.At, same ? $"This says the same as {other}." : $"This changes nothing beside {other}.", "Remove one of them.");
    }
}
