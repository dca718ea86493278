using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Review;

/// <summary>
/// Reads a rule file as a careful colleague would: not whether it can be used (reading it says that) but whether it can mean
/// what it says.
/// </summary>
internal static class RuleReview
{
    /// <summary>The problems of a file that was read, and what a review adds, in file order.</summary>
    /// <param name="today">The day on which the file is looked at.</param>
    internal static IReadOnlyList<RuleFileProblem> Of(string name, RuleFileResult result, DateOnly today)
    {
        if (result.Tree is not { } tree)
            return result.Problems;
        var notes = new ReviewNotes(name);
        var file = new SourceFile(tree, result.Problems);
        var subjects = new Subjects(file.Conditions, file.Aliases);
        var reasoning = new Reasoning(subjects);
        // One place is told once: that nobody is ever offered says more than that a condition always holds.
        if (result.RuleSet is { } rules)
        {
            new GateReview(file, rules, reasoning, notes).Review();
            AgreementReview.Review(tree, rules, today, notes);
            AssignReview.Review(tree, rules, today, notes);
        }
        Conditions(file, reasoning, subjects, notes);
        TwinReview.Review(file, reasoning, notes);
        CriterionReview.Review(file, notes);
        FactReview.Review(file, notes);
        return [.. result.Problems.Concat(notes.Sorted).OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
    }

    private static void Conditions(SourceFile file, Reasoning reasoning, Subjects subjects, ReviewNotes notes)
    {
        var (conditions, values) = (new ConditionReview(reasoning, subjects, notes), new ValueReview(file.Aliases, notes));
        foreach (var (entry, what) in file.Criteria.Select(entry => (entry, "criterion")).Concat(file.Policies.Select(entry => (entry, "policy")))
            .Concat(file.AssignRules.Select(entry => (entry, "rule of assignment"))))
        {
            if (entry.When is not { } when)
                continue;
            conditions.Review(when, $"The {what} '{entry.Id}'");
            foreach (var test in Subjects.Tests(when))
                values.Review(test);
        }
    }
}
