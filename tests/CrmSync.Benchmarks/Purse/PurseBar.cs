using System.Globalization;
using System.Text.Json.Nodes;
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
    private static readonly TimeSpan WorkBegins = TimeSpan.FromHours(8);
    private static readonly DateTimeOffset Start = new(2026, 1, 4, 22, 0, 0, TimeSpan.Zero);

    private int Changed => options.Short ? 40 : 200;
    private int Offered => options.Short ? 12 : 60;

    public async Task<BarReport> RunAsync()
    {
        options.Tell($"purse: a day with {Changed} changed, {Offered} offered and {Offered} decided leads, one with the changed ones alone, one with none");
        await using var world = await PurseWorld.StartAsync(options.Directory("purse"), Start, [.. Enumerable.Range(0, Changed).Select(i => Lead($"visitor{i}")), .. Enumerable.Range(0, Offered).Select(i => Lead($"buyer{i}"))]);
        var asked = new Dictionary<string, DateTimeOffset>();
        var full = await DayAsync(world, Changed, Offered, asked);
        var used = world.Quotas[0].Used;
        var prices = PursePrices.Of(full, await DayAsync(world, Changed, 0, asked), await DayAsync(world, 0, 0, asked), Changed, Offered);
        return Report(full, asked, prices, used);
    }

    /// <summary>What is in the sandbox's log of one day.</summary>
    private static async Task<List<LogEntry>> DayAsync(PurseWorld world, int changed, int offered, Dictionary<string, DateTimeOffset> asked)
    {
        var (from, began) = (world.Control.Log().Max(e => e.N), world.Now + WorkBegins);
        await world.RunAsync(Day, now => new PurseActs(world, changed, offered, asked).At((int)(now - began).TotalMinutes));
        return [.. world.Control.Log(from)];
    }

    private BarReport Report(List<LogEntry> log, Dictionary<string, DateTimeOffset> asked, PursePrices prices, int ledger)
    {
        var requests = log.Where(e => e.Kind == "request").ToList();
        var tokens = requests.Sum(PursePrices.Cost);
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
        foreach (var kind in requests.GroupBy(Kind).OrderByDescending(g => g.Sum(PursePrices.Cost)))
            table.Add(kind.Key, kind.Count().ToString("N0", CultureInfo.InvariantCulture), kind.Sum(PursePrices.Cost).ToString("N0", CultureInfo.InvariantCulture));
        report.Tables.Add(table);
        report.Tables.Add(prices.LeadsADay());
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"n = 1 day; {tokens:N0} tokens in {requests.Count:N0} calls; our own ledger says {ledger:N0}"));
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{prices.Fixed:N0} tokens of a day in which nothing happens (polls, sweep, checks), {prices.Changed:0.0} for each changed lead, {prices.HandedOver:0.0} for each lead that is offered and decided on with its task and note, thus {prices.HandedOver / 2:0.0} for each useful update; the floor of one is {Floor:0} (write 10, read 2)"));
        report.Rounds.Add(new JsonObject
        {
            ["tokens"] = tokens, ["calls"] = requests.Count, ["offers"] = offers.Count, ["decisions"] = decided, ["fixed"] = prices.Fixed, ["perChanged"] = prices.Changed, ["perHandedOver"] = prices.HandedOver,
        });
        return report;
    }

    private static LeadSpec Lead(string key) => new()
    {
        Key = key, Name = $"Person {key}", Email = $"{key}@{key}.example", JobTitle = "Head of Production", Phone = "+45 12345678", Country = "Denmark", Owner = "rep1", Consent = true,
        Company = new() { Key = $"of-{key}", Name = $"Firm {key}", Domain = $"{key}.example", Industry = "machinery", Employees = 240, Country = "Denmark" },
    };

    private static string Kind(LogEntry entry) => $"{entry.Method} " + string.Join('/', entry.Path!.Split('?')[0].Split('/').Select(p => p.Any(char.IsAsciiDigit) && p is not ("v1" or "v2") ? "{id}" : p));
}
