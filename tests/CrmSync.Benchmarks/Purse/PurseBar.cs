using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Benchmarks.Bars;
using CrmSync.Benchmarks.Figures;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Benchmarks.Purse;

/// <summary>
/// Q: what a working day takes of the smallest purse of tokens, webhooks on: leads that changed, that were offered, and that sales decided
/// on. Counted in the sandbox's log by the vendor's published prices.
/// </summary>
internal sealed class PurseBar(BarOptions options)
{
    private const int Purse = 30_000;
    private const double MostOfPurse = 0.4;
    private const double MostMinutes = 5;
    private const double Floor = 12;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Start = new(2026, 1, 4, 22, 0, 0, TimeSpan.Zero);

    private int Changed => options.Short ? 40 : 200;
    private int Offered => options.Short ? 12 : 60;

    public async Task<BarReport> RunAsync()
    {
        options.Tell($"purse: a day with {Changed} changed, {Offered} offered and {Offered} decided leads");
        await using var world = await PurseWorld.StartAsync(options.Directory("purse"), Start, [.. Enumerable.Range(0, Changed + Offered).Select(Lead)]);
        var from = world.Control.Log().Max(e => e.N);
        var began = world.Now;
        var asked = new Dictionary<string, DateTimeOffset>();
        var minutes = (int)TimeSpan.FromHours(8).TotalMinutes;
        await world.RunAsync(Day, now => Act(world, (int)(now - began).TotalMinutes - (int)TimeSpan.FromHours(8).TotalMinutes, minutes, asked));
        return Report(world, [.. world.Control.Log(from)], asked);
    }

    private BarReport Report(PurseWorld world, List<LogEntry> log, Dictionary<string, DateTimeOffset> asked)
    {
        var requests = log.Where(e => e.Kind == "request").ToList();
        var tokens = requests.Sum(Cost);
        var handovers = log.SelectMany(e => e.Effects.Where(x => x.Field == "crmsync_handover" && x.Actor.StartsWith("api:", StringComparison.Ordinal)).Select(x => (e.At, x.Id, x.After))).ToList();
        var offers = handovers.Where(h => h.After == "Waiting").ToList();
        var decided = handovers.Count(h => h.After == "Accepted");
        var waits = offers.Where(o => asked.ContainsKey(o.Id)).Select(o => (o.At - asked[o.Id]).TotalMinutes).ToArray();
        var updates = offers.Count + decided;

        var report = new BarReport("Q", "purse: tokens of a day on a Lite account of one seat");
        report.Lines.Add(BarLine.AtMost("share of the purse", Spread.Of([tokens / (double)Purse]), MostOfPurse));
        report.Lines.Add(BarLine.AtMost("longest minutes from act to offer", Spread.Of([waits.DefaultIfEmpty(double.NaN).Max()]), MostMinutes));
        report.Lines.Add(BarLine.AtMost("answers with 429", Spread.Of([requests.Count(r => r.Status == 429)]), 0, "0"));
        report.Lines.Add(BarLine.AtLeast("offers and decisions written", Spread.Of([updates]), 2 * Offered, "0"));
        var table = new Table("call", "times", "tokens");
        foreach (var kind in requests.GroupBy(Kind).OrderByDescending(g => g.Sum(Cost)))
            table.Add(kind.Key, kind.Count().ToString("N0", CultureInfo.InvariantCulture), kind.Sum(Cost).ToString("N0", CultureInfo.InvariantCulture));
        report.Tables.Add(table);
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"n = 1 day; {tokens:N0} tokens in {requests.Count:N0} calls, {(updates == 0 ? 0 : tokens / (double)updates):0} for each offer or decision with its task, the changed leads, polls and sweeps among them; the floor of one update is {Floor:0} (write 10, read 2); our own ledger says {world.Quotas[0].Used:N0}"));
        report.Rounds.Add(new JsonObject { ["tokens"] = tokens, ["calls"] = requests.Count, ["offers"] = offers.Count, ["decisions"] = decided });
        return report;
    }

    private void Act(PurseWorld world, int minute, int minutes, Dictionary<string, DateTimeOffset> asked)
    {
        for (var i = 0; i < Changed; i++)
            if (i * minutes / Changed == minute)
                world.Control.Act(new() { Crm = "pipedrive", Key = $"p{Offered + i}", Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = "pageView" } });
        for (var i = 0; i < Offered; i++)
        {
            if (i * minutes / Offered == minute)
                asked[world.Control.Act(new() { Crm = "pipedrive", Key = $"p{i}", Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = "handRaise" } }).Id] = world.Now;
            if ((i * minutes / Offered) + 120 == minute)
                world.Control.Act(new() { Crm = "pipedrive", Key = $"p{i}", Act = "accept", Person = "rep1", Fields = new Dictionary<string, string?>() });
        }
    }

    private static LeadSpec Lead(int i) => new()
    {
        Key = $"p{i}", Name = $"Person Number{i}", Email = $"person{i}@firm{i}.example", JobTitle = "Head of Production", Phone = "+45 12345678", Country = "Denmark", Owner = "rep1", Consent = true,
        Company = new() { Key = $"c{i}", Name = $"Firm {i}", Domain = $"firm{i}.example", Industry = "machinery", Employees = 240, Country = "Denmark" },
    };

    private static int Cost(LogEntry entry)
    {
        using var request = new HttpRequestMessage(new(entry.Method!), "http://sandbox" + entry.Path);
        return PipedriveCosts.Of(request);
    }

    private static string Kind(LogEntry entry) => $"{entry.Method} " + string.Join('/', entry.Path!.Split('?')[0].Split('/').Select(p => p.Any(char.IsAsciiDigit) && p is not ("v1" or "v2") ? "{id}" : p));
}
