using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Review;
using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>
/// Whatever bytes a rule file holds and whatever facts a lead has: an answer, in bounded time. A file that loads judges and
/// explains every lead, in both languages, twice alike.
/// </summary>
public sealed class RuleFuzzTests(ITestOutputHelper output)
{
    // Far beyond what any input needs, so that a busy machine fails no test.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateOnly Today = DateOnly.FromDateTime(RuleSamples.Judged.Date);

    [Fact]
    public void Any_file_and_any_lead_get_an_answer()
    {
        var (loaded, byPolicy, slowest, watch) = (0, 0, TimeSpan.Zero, Stopwatch.StartNew());
        for (var input = FuzzInput.First; input < FuzzInput.First + FuzzInput.Count; input++)
        {
            var start = watch.Elapsed;
            try
            {
                var policy = Try(input);
                loaded += policy is null ? 0 : 1;
                byPolicy += policy is null or Policy.OwnId ? 0 : 1;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {FuzzInput.Seed}, input {input} (CRMSYNC_FUZZ_FIRST={input} CRMSYNC_FUZZ=1): {failure.Message}\n{Encoding.UTF8.GetString(RuleBytesGen.Any.Draw(input))}", failure);
            }
            slowest = Max(slowest, watch.Elapsed - start);
        }
        output.WriteLine($"seed {FuzzInput.Seed}: {FuzzInput.Count} inputs, {loaded} loaded, {byPolicy} of them judged by a policy, {watch.Elapsed.TotalSeconds:0} s, the slowest {slowest.TotalMilliseconds:0} ms");
        Assert.InRange(slowest, TimeSpan.Zero, Patience);
        Assert.True(FuzzInput.Count < 1000 || loaded > FuzzInput.Count / 10, $"Only {loaded} of {FuzzInput.Count} loaded: the draws miss the engine.");
        Assert.True(FuzzInput.Count < 1000 || byPolicy > FuzzInput.Count / 100, $"Only {byPolicy} of {FuzzInput.Count} fell to a policy.");
    }

    // The policy that judged, or null: the file does not load.
    private static string? Try(int input)
    {
        var result = RuleFile.FromBytes(RuleBytesGen.Any.Draw(input), "fuzz.yaml");
        foreach (var problem in RuleReview.Of("fuzz.yaml", result, Today))
            if (problem is not { Line: > 0, Column: > 0, Message.Length: > 0 })
                Assert.Fail(problem.ToString());
        if (result.RuleSet is not { } rules)
        {
            Assert.Contains(result.Problems, problem => problem.Severity == ProblemSeverity.Error);
            return null;
        }
        var never = NeverMet(result.Tree!);
        var (facts, context) = Gen.Select(LeadGen.Facts(rules.Catalogue), LeadGen.Context).Draw(input);
        var evaluation = Judge(rules, facts, context);
        foreach (var finding in evaluation.Findings)
            Assert.False(finding.Result == CriterionResult.Met && never.Contains(finding.Criterion), $"{finding.Criterion} is met");
        return evaluation.Policy;
    }

    // What the review proves of a criterion has to be true of every lead.
    private static HashSet<string> NeverMet(YamlMap tree)
    {
        var file = new SourceFile(tree);
        var reasoning = new Reasoning(new Subjects(file.Conditions, file.Aliases));
        return [.. file.Criteria.Where(criterion => criterion.When is { } when && reasoning.Never(when, AskedAnswer.Met)).Select(criterion => criterion.Id)];
    }

    private static Evaluation Judge(RuleSet rules, LeadFacts facts, LeadContext context)
    {
        var evaluation = RuleEngine.Evaluate(rules, facts, context);
        Assert.Equal(evaluation.Verdict, RuleEngine.Judge(rules, facts, context));
        Assert.Equal(Written(evaluation), Written(RuleEngine.Evaluate(rules, facts, context)));
        Assert.True(evaluation.NextChangeAt is not { } next || next > context.At, "The next change is not later.");
        foreach (var language in (string[])["en", "da"])
        {
            var offered = WhyText.Offered(rules, evaluation, facts, context.At, RuleSamples.Copenhagen, language);
            var notYet = WhyText.NotYet(rules, evaluation, RuleSamples.Copenhagen, language);
            AssertReadable(offered);
            AssertReadable(notYet);
            Assert.Equal(offered, WhyText.Offered(rules, evaluation, facts, context.At, RuleSamples.Copenhagen, language));
            foreach (var line in ExplainText.Lines(rules, evaluation, RuleSamples.Copenhagen, language))
                Assert.False(line.Contains('\n'), line);
        }
        return evaluation;
    }

    private static void AssertReadable(string text)
    {
        Assert.InRange(text.Length, 1, WhyText.MaxLength);
        foreach (var line in text.AsSpan().EnumerateLines())
            Assert.False(line.IsWhiteSpace(), "An empty line.");
        foreach (var c in text)
            Assert.False(char.IsControl(c) && c != '\n', "A control character.");
        Assert.False(HasHalfPair(text), "Half of a surrogate pair.");
    }

    private static bool HasHalfPair(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        return false;
    }

    private static string Written(Evaluation evaluation)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"{evaluation.At:O} {evaluation.FitScore} {evaluation.InterestScore} {evaluation.Mql} {evaluation.Offer} {evaluation.SalesQualified} {evaluation.Verdict} {evaluation.HandRaise} {evaluation.LatestEvidenceAt:O} {evaluation.NextChangeAt:O} {evaluation.HungOn}\n"));
        text.AppendJoin(',', evaluation.Blockers).AppendJoin(',', evaluation.MissingFacts).AppendJoin(',', (evaluation.Shortfall?.Ways ?? []).Select(way => string.Join('+', way)));
        return text.AppendJoin('\n', evaluation.Findings).ToString();
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
