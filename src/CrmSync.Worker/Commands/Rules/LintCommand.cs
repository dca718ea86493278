using System.CommandLine;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Review;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules lint</c>: everything that is wrong or odd in a rule file, with line and column.</summary>
internal static class LintCommand
{
    public static Command Create(CommandWorld world)
    {
        var file = new Argument<string?>("FILE") { Description = "The rule file; without it the one in the settings.", Arity = ArgumentArity.ZeroOrOne };
        var notes = new Option<bool>("--notes") { Description = "Says too what is worth knowing although nothing is wrong." };
        var strict = new Option<bool>("--strict") { Description = "Fails on warnings as on errors." };
        var lint = new Command("lint", "Checks a rule file: what is broken, what contradicts itself, who has signed it.") { file, notes, strict };
        lint.SetAction(parsed => Lint(world, parsed, parsed.GetValue(file), parsed.GetValue(notes), parsed.GetValue(strict)));
        return lint;
    }

    private static int Lint(CommandWorld world, ParseResult parsed, string? file, bool notes, bool strict)
    {
        var path = RulesInForce.PathOf(parsed, file);
        var today = DateOnly.FromDateTime(world.Clock.GetLocalNow().Date);
        var result = RuleFile.Load(path);
        var problems = RuleReview.Of(path, result, today);
        var fails = problems.Any(problem => problem.Severity == ProblemSeverity.Error || (strict && problem.Severity == ProblemSeverity.Warning));
        if (parsed.IsJson())
            world.Document(Document(result.RuleSet, problems, ok: !fails));
        else
            Print(world.Out, result.RuleSet, problems.Where(problem => notes || problem.Severity != ProblemSeverity.Note), today);
        return (int)(fails ? ExitCode.Failed : ExitCode.Done);
    }

    private static object Document(RuleSet? rules, IReadOnlyList<RuleFileProblem> problems, bool ok) => new
    {
        ok,
        name = rules?.Name,
        version = rules?.Version,
        hash = rules?.Hash,
        agreementHash = rules?.AgreementHash,
        signed = rules?.CurrentSignatures.Select(signature => new { signature.By, signature.Department, signature.On }),
        problems,
    };

    private static void Print(TextWriter to, RuleSet? rules, IEnumerable<RuleFileProblem> problems, DateOnly today)
    {
        foreach (var problem in problems)
            to.WriteLine(problem);
        if (rules is null)
            return;
        to.WriteLine($"{rules.Name} v{rules.Version}: {rules.Criteria.Count} criteria, hash {rules.Hash[..12]}.");
        to.WriteLine($"Agreement: {rules.AgreementHash}");
        var signed = rules.CurrentSignatures.Select(signature => $"{signature.By} ({signature.Department})").ToList();
        to.WriteLine(signed.Count > 0
            ? $"Signed by {string.Join(", ", signed)}."
            : $"Nobody has signed this content. Marketing and sales each add a line under 'signed:'\n  {AgreementReview.Line(rules, today)}");
    }
}
