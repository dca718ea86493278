using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.Cases;
using CrmSync.Worker.Rules.Samples;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>The samples, and the first rule sets that are made of them.</summary>
public sealed class FirstRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    private static readonly Dictionary<string, Sample> Samples = Sample.All.ToDictionary(sample => sample.Name, sample => Sample.Open(sample.Name));

    public static TheoryData<string> Names => [.. Sample.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_is_sound_and_says_what_its_cases_agree_on(string name)
    {
        var sample = Sample.Open(name);
        var check = new FirstRules(sample.RulesText, sample.CasesText).Check("rules.yaml", "cases.yaml", Today);
        Assert.Empty(check.Problems);
        Assert.InRange(check.Cases.Count, 25, 60);
        Assert.All(check.Cases, outcome => Assert.Empty(outcome.Differences));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_is_short_bilingual_and_names_facts_of_its_own(string name)
    {
        var rules = Sample.Open(name).Rules;
        Assert.InRange(rules.Criteria.Count, 5, 14);
        Assert.All(rules.Criteria, criterion => Assert.NotEqual(criterion.Text.In("en"), criterion.Text.In("da")));
        Assert.InRange(rules.Facts.Count, 3, 5);
        Assert.Empty(rules.SignedBy);
        Assert.Equal(100, rules.Criteria.Where(criterion => criterion.Group == CriterionGroup.Fit).Sum(criterion => criterion.Points));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_criterion_of_a_sample_is_met_in_one_case_and_not_in_another(string name)
    {
        var sample = Sample.Open(name);
        var judged = CaseFile.Parse(sample.CasesText, "cases.yaml", sample.Rules).Cases!.SelectMany(lead => RuleEngine.Evaluate(sample.Rules, lead.Facts, lead.Context).Findings).ToList();
        foreach (var criterion in sample.Rules.EveryCriterion)
            Assert.True(judged.Where(finding => finding.Criterion == criterion.Id).Select(finding => finding.Result == CriterionResult.Met).Distinct().Count() == 2, criterion.Id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Proposed_answers_change_nothing_but_the_date_and_the_marks(string name)
    {
        var sample = Sample.Open(name);
        var first = FirstRules.Write(FirstAnswers.Of(sample), Today);
        var expected = SlotText.Fill(sample.RulesText, new Dictionary<string, string> { ["effective"] = "2026-11-25" });
        Assert.Equal(expected, first.RulesText);
        Assert.DoesNotContain("#=", first.RulesText + first.CasesText, StringComparison.Ordinal);
        Assert.DoesNotContain(first.RulesText.Split('\n').Concat(first.CasesText.Split('\n')), line => line.EndsWith(' '));
    }

    [Fact]
    public void Whatever_is_answered_the_rules_are_sound_and_their_cases_pass() => Answers.Sample(answers =>
    {
        var check = FirstRules.Write(answers, Today).Check("rules.yaml", "cases.yaml", Today);
        Assert.Empty(check.Problems);
        Assert.All(check.Cases, outcome => Assert.Empty(outcome.Differences));
        Assert.True(check.IsSound);
        Assert.Equal(answers.MqlFrom, check.Rules!.MqlFrom.ToString(), ignoreCase: true);
    }, iter: 60);

    [Fact]
    public void A_slot_keeps_its_place_and_its_neighbours()
    {
        const string text = "a: 1 #= x\n  # b: 2\n  c: [d, e]   #= y\nf: g # h";
        Assert.Equal("a: 9\n  # b: 2\n  c: [d, e]\nf: g # h", SlotText.Fill(text, new Dictionary<string, string> { ["x"] = "9" }));
        Assert.Equal("[d, e]", SlotText.Value(text, "y"));
        Assert.Equal(["x", "y"], SlotText.Slots(text));
    }

    private static Gen<FirstAnswers> Answers =>
        from name in OneOf([.. Sample.All.Select(sample => sample.Name)])
        let start = FirstAnswers.Of(Samples[name])
        from mql in OneOf("rules", "crm", "both")
        from sql in Gen.Enum<SqlMeaning>()
        from industries in Gen.Shuffle(start.IndustryNames.Entries.ToArray(), 1, start.IndustryNames.Entries.Count)
        from countries in Gen.Shuffle(start.CountryNames.Entries.ToArray(), 1, start.CountryNames.Entries.Count)
        from fewest in Gen.Int[1, 10_000_000]
        from most in Gen.Int[fewest, 10_000_000]
        select start with
        {
            MqlFrom = mql, SqlMeans = sql, Industries = industries, Countries = countries, FewestEmployees = fewest, MostEmployees = most,
        };

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);
}
