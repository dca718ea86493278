using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules.Review;

/// <summary>Each condition stands for that of the shipped criterion 'company-size'.</summary>
public sealed class ConditionReviewTests
{
    [Theory]
    [InlineData("{ all: [{ fact: company.employees, op: atLeast, value: 100 }, { fact: company.employees, op: atMost, value: 50 }] }",
        "'company.employees atLeast 100' and 'company.employees atMost 50' exclude each other")]
    [InlineData("{ all: [{ fact: company.employees, op: lessThan, value: 20 }, { fact: company.employees, op: between, value: [20, 50] }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: company.industry, op: in, value: [metal, food] }, { fact: company.industry, op: in, value: [software] }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: company.industry, op: eq, value: Mejeri }, { not: { fact: company.industry, op: eq, value: food } }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: deal.open, op: eq, value: true }, { fact: deal.open, op: eq, value: false }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: bant.need, op: eq, value: met }, { fact: bant.need, op: eq, value: notMet }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: company.name, op: exists }, { not: { fact: company.name, op: exists } }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: company.employees, op: atLeast, value: 1 }, { not: { fact: company.employees, op: exists } }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: person.role, op: contains, value: chef }, { not: { fact: person.role, op: contains, value: chef } }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: engagement.pageView, op: countWithin, value: 3, within: 30d }, { not: { fact: engagement.pageView, op: seenWithin, within: 30d } }] }", "exclude each other")]
    [InlineData("{ all: [{ fact: engagement.pageView, op: countWithin, value: 3, within: 30d }, { not: { fact: engagement.pageView, op: countWithin, value: 2, within: 60d } }] }",
        "'engagement.pageView countWithin 3 within 30d' and not 'engagement.pageView countWithin 2 within 60d' exclude each other")]
    [InlineData("{ all: [{ not: { fact: engagement.pageView, op: countWithin, value: 3, within: 60d } }, { fact: engagement.pageView, op: countWithin, value: 3, within: 30d }] }", "exclude each other")]
    [InlineData("{ not: { any: [{ fact: company.employees, op: atLeast, value: 10 }, { fact: company.employees, op: lessThan, value: 20 }] } }", "what stands under 'not' always holds")]
    [InlineData("{ atLeastOf: { count: 2, of: [{ all: [{ op: inCoolOff }, { not: { op: inCoolOff } }] }, { fact: deal.open, op: eq, value: true }] } }", "exclude each other")]
    public void Proves_that_a_criterion_can_never_be_met(string condition, string reason)
    {
        var problem = ReviewSamples.Of(condition)!;
        Assert.Equal(ProblemSeverity.Error, problem.Severity);
        Assert.StartsWith("The criterion 'company-size' can never be met", problem.Message, StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Repair.Length > 0);
    }

    [Theory]
    [InlineData("{ any: [{ fact: company.employees, op: atLeast, value: 10 }, { fact: company.employees, op: atMost, value: 20 }] }", "is met by every lead whose facts are known")]
    [InlineData("{ any: [{ fact: deal.open, op: eq, value: true }, { all: [{ fact: deal.won, op: eq, value: true }, { fact: deal.won, op: eq, value: false }] }] }", "This alternative can never be met.")]
    [InlineData("{ all: [{ fact: company.employees, op: atLeast, value: 50 }, { fact: company.employees, op: atLeast, value: 20 }] }", "changes nothing beside 'company.employees atLeast 50'")]
    [InlineData("{ any: [{ fact: company.employees, op: atLeast, value: 50 }, { fact: company.employees, op: atLeast, value: 20 }] }", "changes nothing beside 'company.employees atLeast 20'")]
    [InlineData("{ any: [{ fact: deal.open, op: eq, value: true }, { fact: deal.open, op: eq, value: true }] }", "This says the same as 'deal.open eq true'.")]
    [InlineData("{ any: [{ fact: company.country, op: in, value: [DK, SE] }, { fact: company.country, op: eq, value: Danmark }] }", "changes nothing beside 'company.country in DK, SE'")]
    [InlineData("{ fact: company.industry, op: in, value: [machinary, food] }", "'machinary' is no known value of company.industry.")]
    [InlineData("{ fact: company.country, op: in, value: [DK, Danmark] }", "'Danmark' is the same value as 'DK'.")]
    [InlineData("{ fact: engagement.pageView, op: seenWithin, within: 401d }", "Acts are kept for 400 days; nothing older is ever counted.")]
    public void Warns_of_what_cannot_be_meant(string condition, string message)
    {
        var problem = ReviewSamples.Of(condition)!;
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ all: [{ fact: company.employees, op: atLeast, value: 20 }, { fact: company.employees, op: atMost, value: 20 }] }")]
    [InlineData("{ all: [{ fact: person.buyingRole, op: in, value: [champion] }, { fact: person.buyingRole, op: in, value: [influencer] }] }")]
    [InlineData("{ all: [{ fact: person.role, op: contains, value: manager }, { fact: person.role, op: contains, value: director }] }")]
    [InlineData("{ all: [{ fact: company.country, op: eq, value: DK }, { fact: person.country, op: eq, value: SE }] }")]
    [InlineData("{ any: [{ fact: engagement.pageView, op: countWithin, value: 5, within: 30d }, { fact: engagement.pageView, op: countWithin, value: 3, within: 7d }] }")]
    [InlineData("{ all: [{ fact: engagement.pageView, op: countWithin, value: 3, within: 60d }, { not: { fact: engagement.pageView, op: countWithin, value: 2, within: 30d } }] }")]
    [InlineData("{ all: [{ fact: engagement.pageView, op: countWithin, value: 2, within: 30d }, { not: { fact: engagement.pageView, op: countWithin, value: 3, within: 60d } }] }")]
    [InlineData("{ all: [{ fact: engagement.pageView, op: countWithin, value: 3, within: 30d }, { not: { fact: engagement.emailClick, op: countWithin, value: 2, within: 60d } }] }")]
    [InlineData("{ all: [{ fact: deal.open, op: exists }, { fact: deal.open, op: eq, value: true }] }")]
    [InlineData("{ any: [{ fact: company.employees, op: exists }, { not: { fact: company.industry, op: exists } }] }")]
    [InlineData("{ atLeastOf: { count: 2, of: [{ fact: deal.open, op: eq, value: true }, { fact: deal.won, op: eq, value: true }, { fact: consent.optedOut, op: eq, value: true }] } }")]
    public void Says_nothing_of_what_can_be_meant(string condition) => Assert.Null(ReviewSamples.Of(condition));

    [Theory]
    [InlineData("{ fact: company.employees, op: atLeast, value: many }")]
    [InlineData("{ any: [{ fact: company.employees, op: atLeast, value: many }, { fact: company.employees, op: atMost, value: 20 }] }")]
    public void Says_no_more_of_a_condition_with_a_broken_part_than_what_is_broken(string condition)
    {
        var text = ReviewSamples.Shipped("when: { fact: company.employees, op: between, value: [20, 1000] }", $"when: {condition}");
        Assert.Equal([ProblemSeverity.Error], ReviewSamples.Review(text).Where(problem => problem.Severity != ProblemSeverity.Note).Select(problem => problem.Severity));
    }

    [Theory]
    [InlineData("{ fact: company.industry, op: in, value: [food, metal, electronics, machinery, software] }")]
    [InlineData("{ any: [{ fact: person.role, op: contains, value: [manager, head, director, owner, c-level] }, { all: [{ fact: person.buyingRole, op: exists }, { fact: person.buyingRole, op: in, value: [decision-maker, budget-holder, executive-sponsor] }] }] }")]
    public void Warns_of_two_criteria_that_count_one_thing_twice(string condition)
    {
        var text = ReviewSamples.Shipped("when: { fact: company.employees, op: between, value: [20, 1000] }", $"when: {condition}");
        var warning = ReviewSamples.Review(text).Single(problem => problem.Severity == ProblemSeverity.Warning);
        Assert.EndsWith("whoever meets one gets the points of both.", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_at_the_place_and_the_near_word()
    {
        var text = ReviewSamples.Shipped("value: [software, machinery,", "value: [software, machinary,");
        var problem = ReviewSamples.Review(text).Single(problem => problem.Severity == ProblemSeverity.Warning);
        var lines = text.Split('\n');
        Assert.Equal("machinary", lines[problem.Line - 1][(problem.Column - 1)..][..9]);
        Assert.Equal("Did you mean 'machinery'? Otherwise add it under 'aliases:'.", problem.Repair);
    }

    [Fact]
    public void Reviews_the_rest_of_a_file_that_is_broken_elsewhere()
    {
        var text = ReviewSamples.Shipped("\nversion: 1\n", "\nversion: one\n").Replace("value: [software, machinery,", "value: [software, machinary,", StringComparison.Ordinal);
        Assert.Equal([ProblemSeverity.Error, ProblemSeverity.Warning], ReviewSamples.Review(text).Where(problem => problem.Severity != ProblemSeverity.Note).Select(problem => problem.Severity));
    }
}
