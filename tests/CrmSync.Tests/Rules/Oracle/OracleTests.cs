using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Tests.Rules.Oracle;

/// <summary>Drawn rules and leads against brute force: every way of filling in what is missing, and every hour to come.</summary>
public sealed class OracleTests
{
    private const int MostCompletions = 4_000;
    private const int DaysAhead = 45;

    public static TheoryData<int> Hundreds => [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(Hundreds))]
    public void Tells_what_filling_in_can_change(int hundred)
    {
        for (var seed = hundred * 100; seed < (hundred + 1) * 100; seed++)
        {
            var random = new Random(seed);
            var (rules, lead) = (new DrawnRules(random, withPause: false).Draw(), DrawnLead.Draw(random, future: 0));
            if (Completions.Count(lead) > MostCompletions)
                continue;
            var context = new LeadContext(RuleSamples.Judged, null, Accepted: true);
            var evaluation = RuleEngine.Evaluate(rules, lead, context);
            var passing = Completions.Of(lead).Where(full => Passes(rules, full, context));
            if (evaluation.Mql == GateResult.NoPass)
                Assert.False(passing.Any(), $"Seed {seed}: no, although it could.");
            if (evaluation.Mql == GateResult.Pass)
                Assert.True(passing.Any(), $"Seed {seed}: a pass that nothing can give.");
            if (evaluation.Mql != GateResult.NotEnoughData)
                continue;
            Assert.True(evaluation.MissingFacts.Count > 0, $"Seed {seed}: nothing is asked for.");
            Assert.True(!passing.Any() || passing.Any(full => Passes(rules, evaluation.MissingFacts.Aggregate(lead, (some, name) => some.With(name, full[name])), context)),
                $"Seed {seed}: what is asked for is not enough.");
        }
    }

    [Theory]
    [MemberData(nameof(Hundreds))]
    public void Tells_when_time_alone_will_change_the_answer(int hundred)
    {
        for (var seed = hundred * 25; seed < (hundred + 1) * 25; seed++)
        {
            var random = new Random(seed);
            var (rules, lead) = (new DrawnRules(random, withPause: true).Draw(), DrawnLead.Draw(random, future: 240));
            var context = new LeadContext(RuleSamples.Judged, DrawnLead.Pause(random), Accepted: random.Next(2) == 0);
            var now = RuleEngine.Evaluate(rules, lead, context);
            Assert.True(RuleEngine.Judge(rules, lead, context) == now.Verdict, $"Seed {seed}: judged otherwise.");
            var first = Instants().FirstOrDefault(at => RuleEngine.Judge(rules, lead, context with { At = at }) != now.Verdict);
            Assert.True(first == default || now.NextChangeAt <= first, $"Seed {seed}: {first:O}, told {now.NextChangeAt:O}.");
            if (now.NextChangeAt is not { } next)
                continue;
            Assert.True(Gates(rules, lead, context with { At = next }) != Gates(now), $"Seed {seed}: nothing changes at {next:O}.");
            Assert.True(Gates(rules, lead, context with { At = next.AddTicks(-1) }) == Gates(now), $"Seed {seed}: it changes before {next:O}.");
        }
    }

    // Windows end a tick after the hour.
    private static IEnumerable<DateTimeOffset> Instants() => Enumerable.Range(0, DaysAhead * 24).Select(hour => RuleSamples.Judged.AddHours(hour))
        .SelectMany(hour => (DateTimeOffset[])[hour, hour.AddTicks(1)]).Skip(1);

    private static bool Passes(RuleSet rules, LeadFacts lead, LeadContext context) =>
        RuleEngine.Judge(rules, lead, context) is Verdict.Offer or Verdict.MarketingQualified;

    private static (GateResult, GateResult, GateResult) Gates(RuleSet rules, LeadFacts lead, LeadContext context) => Gates(RuleEngine.Evaluate(rules, lead, context));

    private static (GateResult, GateResult, GateResult) Gates(Evaluation evaluation) => (evaluation.Mql, evaluation.Offer, evaluation.SalesQualified);
}
