using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Review;

namespace CrmSync.Tests.Rules.Review;

/// <summary>The shipped rules with one place written otherwise, and what the review says of it.</summary>
internal static class ReviewSamples
{
    internal static readonly DateOnly Today = new(2026, 11, 23);

    internal static IReadOnlyList<RuleFileProblem> Review(string text) => RuleReview.Of("r.yaml", RuleFile.Parse(text, "r.yaml"), Today);

    /// <summary>The shipped text after its opening comment with one place written otherwise.</summary>
    internal static string Shipped(string right, string wrong)
    {
        var text = RuleSamples.ShippedText;
        var at = text.IndexOf(right, text.IndexOf("\nschema: 1", StringComparison.Ordinal), StringComparison.Ordinal);
        return at < 0 ? throw new ArgumentException($"The shipped rules have no '{right}'.") : text[..at] + wrong + text[(at + right.Length)..];
    }

    /// <summary>What the review says of a criterion's condition, notes aside.</summary>
    internal static RuleFileProblem? Of(string condition)
    {
        var text = Shipped("when: { fact: company.employees, op: between, value: [20, 1000] }", $"when: {condition}");
        return Review(text).FirstOrDefault(problem => problem.Severity != ProblemSeverity.Note);
    }
}
