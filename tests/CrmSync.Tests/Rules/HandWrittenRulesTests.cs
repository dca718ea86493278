using CrmSync.Benchmarks.Judging;

namespace CrmSync.Tests.Rules;

/// <summary>The engine beside the same rules written by hand, which share no code with it.</summary>
public sealed class HandWrittenRulesTests
{
    private const int Leads = 10_000;
    private const int Seed = 7;

    [Fact]
    public void Finds_what_rules_by_hand_find()
    {
        var rules = RuleSamples.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "judging-rules.yaml")));
        var number = 0;
        foreach (var lead in new LeadMaker(Seed, RuleSamples.Judged).Make(Leads))
            Agreement.Check(number++, rules, FactsOf.Lead(lead, rules.Catalogue), lead, RuleSamples.Judged);
    }
}
