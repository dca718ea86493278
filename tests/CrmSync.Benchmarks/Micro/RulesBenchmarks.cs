using BenchmarkDotNet.Attributes;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;

namespace CrmSync.Benchmarks.Micro;

/// <summary>Weighing one lead by the shipped rules: the verdict alone, and with everything that explains it.</summary>
public class RulesBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private RuleSet _rules = null!;
    private LeadFacts _facts = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var loaded = RuleFile.Load(Path.Combine(AppContext.BaseDirectory, "sal-rules.yaml"));
        _rules = loaded.RuleSet ?? throw new InvalidOperationException(loaded.Problems[0].ToString());
        _facts = new LeadFacts.Builder(_rules.Catalogue)
            .Set(WellKnownFacts.PersonEmail, FactValue.Of("kim@company.example"))
            .Set(WellKnownFacts.PersonEmailDomain, FactValue.Of("company.example"))
            .Set(WellKnownFacts.PersonRole, FactValue.Of("Head of Production"))
            .Set(WellKnownFacts.CompanyName, FactValue.Of("Company"))
            .Set(WellKnownFacts.CompanyIndustry, FactValue.Of("MACHINERY"))
            .Set(WellKnownFacts.CompanyEmployees, FactValue.Of(120m))
            .Set(WellKnownFacts.CompanyCountry, FactValue.Of("Denmark"))
            .Set(WellKnownFacts.ConsentOptedOut, FactValue.Of(false))
            .Set(WellKnownFacts.DealOpen, FactValue.Of(false))
            .Set(WellKnownFacts.DealWon, FactValue.Of(false))
            .Set(WellKnownFacts.EngagementPrefix + EngagementKinds.HandRaise, Acts(-1, "Book a demo"))
            .Set(WellKnownFacts.EngagementPrefix + EngagementKinds.ContentDownload, Acts(-12, "Guide"))
            .Set(WellKnownFacts.EngagementPrefix + EngagementKinds.PageView, Acts(-3, null, 4))
            .Build();
    }

    [Benchmark(Baseline = true)]
    public Verdict Judge() => RuleEngine.Judge(_rules, _facts, new LeadContext(Now));

    [Benchmark]
    public Evaluation Evaluate() => RuleEngine.Evaluate(_rules, _facts, new LeadContext(Now));

    private static FactValue Acts(int days, string? detail, int count = 1) => FactValue.Of(new Engagement
    {
        Acts = [new(Now.AddDays(days), count, detail)],
        Total = count,
        LastAt = Now.AddDays(days),
        CompleteSince = DateTimeOffset.MinValue,
    });
}
