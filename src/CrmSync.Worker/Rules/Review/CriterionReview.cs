using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>Looks at what stands beside a criterion's condition: points and half-life.</summary>
internal static class CriterionReview
{
    internal static void Review(SourceFile file, ReviewNotes notes)
    {
        foreach (var criterion in file.Criteria)
        {
            if (criterion.Map.Find("points") is YamlText { Value: "0" } points)
                notes.Note(points, $"'{criterion.Id}' carries no points: it is shown and weighs nothing.");
            if (criterion.Map.Find("halfLife") is YamlText { Value: not "none" } halfLife && criterion.When is { } when && !HasActs(when))
                notes.Warn(halfLife, $"The half-life of '{criterion.Id}' has no effect: its condition asks for nothing that happens at an instant.", "Remove it, or ask with seenWithin or countWithin.");
        }
        foreach (var group in (string[])["fit", "interest"])
            if (file.Tree.Nearest("scores", group, "halfLife") is YamlText { Value: not "none" } usual
                && !file.Criteria.Any(criterion => criterion.Map.TextAt("group") == group && criterion.When is { } when && HasActs(when)))
                notes.Warn(usual, $"This half-life has no effect: no criterion of '{group}' asks for anything that happens at an instant.", "Remove it.");
    }

    private static bool HasActs(SourceCondition condition) =>
        Subjects.Tests(condition).Any(test => test.Type == FactType.Engagement || test.Op is "seenWithin");
}
