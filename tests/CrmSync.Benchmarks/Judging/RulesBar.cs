using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Bars;
using CrmSync.Benchmarks.Figures;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;

namespace CrmSync.Benchmarks.Judging;

/// <summary>
/// E: what it costs to weigh a lead by rules that are read from a file, against the same rules written by hand; and from a
/// CRM's bag of texts. One process, one core, sides in turns.
/// </summary>
internal sealed class RulesBar(BarOptions options)
{
    private const int Seed = 20261;
    private const int Block = 1_000;
    private const int BagBlock = 100;
    private const int VendorOneIn = 10;
    private const int WholeOneIn = 50;
    private const int RoundsPerRound = 4;
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 15, 0, TimeSpan.Zero);
    private readonly int _count = options.Leads?[0] ?? (options.Short ? 20_000 : 100_000);
    private long _sum;

    public Task<BarReport> RunAsync()
    {
        if (OperatingSystem.IsLinux())
            System.Diagnostics.Process.GetCurrentProcess().ProcessorAffinity = 1 << (Environment.ProcessorCount - 1);
        var report = new BarReport("E", "weighing a lead by rules from a file, product against rules written by hand");
        var rules = Rules();
        Typed(report, rules);
        Bags(report, rules);
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"n = {_count:N0} leads a round, {options.Rounds * RoundsPerRound} rounds, blocks of {Block:N0} ({BagBlock:N0} bags) in turns on one core; a round's figure is the middle one of its blocks; seed {Seed}"));
        report.Notes.Add("findings: RuleEngine.Weigh; the whole evaluation, RuleEngine.Evaluate, also tries what would have changed the verdict and finds when time will");
        report.Notes.Add("before timing, verdict, scores and the result, points, count and instant of all twelve findings were compared on every lead, and were alike");
        return Task.FromResult(report);
    }

    private static RuleSet Rules()
    {
        var loaded = RuleFile.Load(Path.Combine(AppContext.BaseDirectory, "judging-rules.yaml"));
        return loaded.RuleSet ?? throw new InvalidOperationException(loaded.Problems[0].ToString());
    }

    private void Typed(BarReport report, RuleSet rules)
    {
        options.Tell($"rules: making and comparing {_count} leads");
        HandLead[] leads = [.. new LeadMaker(Seed, At).Make(_count)];
        LeadFacts[] facts = [.. leads.Select(lead => FactsOf.Lead(lead, rules.Catalogue))];
        var vendor = new VendorRules();
        for (var i = 0; i < leads.Length; i++)
        {
            Agreement.Check(i, rules, facts[i], leads[i], At);
            if (i % Block < Block / VendorOneIn)
                vendor.Check(i, leads[i], At.UtcTicks);
        }
        var verdicts = leads.GroupBy(lead => HandRules.Judge(lead, At.UtcTicks, new HandFinding[HandRules.Criteria], out _, out _));
        report.Notes.Add($"verdicts: {string.Join(", ", verdicts.OrderByDescending(g => g.Count()).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Count() / (double)_count:P0}")))}");

        var floor = new Side("by hand, verdict", (from, to) => ByHand(leads, from, to));
        var again = new Side("by hand once more: the noise", (from, to) => ByHand(leads, from, to));
        var verdict = new Side("product, verdict", (from, to) => Judge(rules, facts, from, to));
        var found = new Side("product, verdict, scores and findings", (from, to) => Weigh(rules, facts, from, to));
        var whole = new Side("product, whole evaluation", (from, to) => Evaluate(rules, facts, from, to), WholeOneIn);
        var other = new Side("Microsoft RulesEngine 6.0.1, twelve yes or no", (from, to) => Vendor(vendor, leads, from, to), VendorOneIn);
        Measure(report, "a typed lead", Block, [floor, again, verdict, found, whole, other]);
        report.Lines.Add(BarLine.AtMost("verdict alone, times the time by hand", verdict.Against(floor), 1.5));
        report.Lines.Add(BarLine.AtMost("verdict alone, bytes a lead", Spread.Of(verdict.Bytes), 0, "0"));
        report.Lines.Add(BarLine.AtMost("verdict, scores and findings, times the verdict by hand", found.Against(floor), 10, "0.0"));
    }

    private void Bags(BarReport report, RuleSet rules)
    {
        options.Tell($"rules: making and comparing {_count} bags");
        var bags = new BagSides(rules, Seed, _count, At);
        bags.Check();
        Measure(report, "a bag of texts", BagBlock, [bags.Floor, bags.Again, bags.Product]);
        report.Lines.Add(BarLine.AtMost("from the bag to the verdict, times the time by hand", bags.Product.Against(bags.Floor), 1.5));
        report.Notes.Add("from the bag: the contact's and its company's texts by name, through HubSpotFacts.Read with the whole catalogue, to RuleEngine.Judge; by hand only what the criteria need is parsed. No JSON, no history");
    }

    /// <summary>The first side is the floor, the second the floor again.</summary>
    private void Measure(BarReport report, string what, int block, Side[] sides)
    {
        options.Tell($"rules: {what}, warming up");
        var turns = new Turns(_count, block, sides);
        turns.WarmUp(options.Short ? 2 : 3);
        for (var round = 0; round < options.Rounds * RoundsPerRound; round++)
        {
            options.Tell($"rules: {what}, round {round + 1} of {options.Rounds * RoundsPerRound}");
            turns.Round();
        }
        var table = new Table(what, "ns/lead", "times the floor", "bytes/lead");
        foreach (var side in sides)
        {
            table.Add(side.Name, Spread.Of(side.Nanoseconds).Text("N0"), side.Against(sides[0]).Text("0.00"), Spread.Of(side.Bytes).Median.ToString("N0", CultureInfo.InvariantCulture));
            report.Rounds.Add(new JsonObject { ["what"] = what, ["side"] = side.Name, ["nanoseconds"] = new JsonArray([.. side.Nanoseconds.Select(n => JsonValue.Create(Math.Round(n, 1)))]) });
        }
        report.Tables.Add(table);
    }

    private void ByHand(HandLead[] leads, int from, int to)
    {
        Span<HandFinding> findings = stackalloc HandFinding[HandRules.Criteria];
        for (var i = from; i < to; i++)
            _sum += (int)HandRules.Judge(leads[i], At.UtcTicks, findings, out var fit, out var interest) + fit + interest;
    }

    private void Judge(RuleSet rules, LeadFacts[] facts, int from, int to)
    {
        for (var i = from; i < to; i++)
            _sum += (int)RuleEngine.Judge(rules, facts[i], new LeadContext(At));
    }

    private void Weigh(RuleSet rules, LeadFacts[] facts, int from, int to)
    {
        for (var i = from; i < to; i++)
            _sum += RuleEngine.Weigh(rules, facts[i], new LeadContext(At)).Findings.Count;
    }

    private void Evaluate(RuleSet rules, LeadFacts[] facts, int from, int to)
    {
        for (var i = from; i < to; i++)
            _sum += RuleEngine.Evaluate(rules, facts[i], new LeadContext(At)).Findings.Count;
    }

    private void Vendor(VendorRules vendor, HandLead[] leads, int from, int to)
    {
        for (var i = from; i < to; i++)
            _sum += vendor.Ask(leads[i], At.UtcTicks).Count;
    }
}
