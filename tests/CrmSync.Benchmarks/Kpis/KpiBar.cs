using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Bars;
using CrmSync.Benchmarks.Figures;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Benchmarks.Kpis;

/// <summary>F: what the figures cost over years of hand-overs, against one SQL statement; and from a file, against reading it.</summary>
internal sealed class KpiBar(BarOptions options)
{
    private const int Seed = 20261;
    private static readonly DateTimeOffset CutOff = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static readonly KpiQuestion Question = new(CutOff) { CustomerHorizon = TimeSpan.FromDays(180) };
    private readonly int _leads = options.Leads?[0] ?? (options.Short ? 50_000 : 1_000_000);

    public async Task<BarReport> RunAsync()
    {
        var report = new BarReport("F", "the KPIs, product against one SQL statement, and from a file against a plain read");
        if (!options.FileOnly)
            await StoreAsync(report);
        await new FileRounds(options, Zone, CutOff, Seed).MeasureAsync(report, _leads);
        return report;
    }

    private async Task StoreAsync(BarReport report)
    {
        var directory = options.Directory("kpis");
        options.Tell($"kpis: filling a store with {_leads:N0} leads");
        var transitions = await StoreMaker.FillAsync(directory, _leads, Seed);
        await using var store = await SqliteStore.OpenAsync(directory, CancellationToken.None);
        Task<KpiReport> Brief() => KpiReader.ReadBriefAsync(store.Reports, Question, false, Zone, CancellationToken.None);
        Task<KpiReport> ByMonth() => KpiReader.ReadBriefAsync(store.Reports, Question with { CustomerHorizon = null }, true, Zone, CancellationToken.None);
        Task<KpiReport> Full() => KpiReader.ReadAsync(store.Reports, Question, KpiSplit.None, Zone, CancellationToken.None);
        Task<KpiReport> FullByMonth() => KpiReader.ReadAsync(store.Reports, Question, KpiSplit.Month, Zone, CancellationToken.None);

        var few = Math.Max(1, options.Rounds / 2);
        var bare = await RoundsAsync(report, directory, "brief, nothing rolled up", few, Brief);
        var folded = await RoundsAsync(report, directory, "full, nothing rolled up", few, Full);
        options.Tell("kpis: rolling up");
        var rolling = Stopwatch.StartNew();
        await store.RollUpAsync(CancellationToken.None);
        var took = rolling.Elapsed.TotalSeconds;
        var brief = await RoundsAsync(report, directory, "brief", options.Rounds, Brief);
        var months = await TimesAsync(report, "brief by month", options.Rounds, ByMonth);
        var full = await RoundsAsync(report, directory, "full", few, Full);
        var fullMonths = await TimesAsync(report, "full by month", few, FullByMonth);

        report.Lines.Add(BarLine.AtMost("the three KPIs, rolled up, against one raw statement", Spread.Of(brief.Ratios), 1.5, "0.000"));
        report.Lines.Add(BarLine.AtMost("the three KPIs, nothing rolled up, against one raw statement", Spread.Of(bare.Ratios), 1.5));
        report.Lines.Add(BarLine.AtMost("the three KPIs by month, ms", Spread.Of(months.Seconds.Select(s => s * 1_000)), 200, "0"));
        report.Lines.Add(BarLine.AtMost("all figures, rolled up, against one raw statement", Spread.Of(full.Ratios), 1.5));
        report.Lines.Add(BarLine.AtMost("peak memory of the three by month, MB", Spread.Of([months.Peak]), 300, "0"));
        report.Lines.Add(BarLine.AtMost("peak memory of all figures by month, MB", Spread.Of([fullMonths.Peak]), 300, "0"));
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{_leads:N0} leads, {transitions:N0} transitions; rolling all of them up took {took:0.0} s, once; all figures by month took {Spread.Of(fullMonths.Seconds).Text("0.0")} s; all figures with nothing rolled up took {Spread.Of(folded.Ratios).Text("0.0")} times the statement"));
        report.Notes.Add("counts and mean were compared in every round and were alike to the last digit");
    }

    private async Task<Measured> RoundsAsync(BarReport report, string directory, string what, int rounds, Func<Task<KpiReport>> ours)
    {
        var (ratios, seconds) = (new List<double>(), new List<double>());
        PeakMemory.Reset();
        for (var round = 0; round < rounds; round++)
        {
            options.Tell($"kpis: {what}, round {round + 1} of {rounds}");
            var clock = Stopwatch.StartNew();
            var raw = RawSql.Ask(directory, CutOff);
            var statement = clock.Elapsed.TotalSeconds;
            clock.Restart();
            var figures = await ours();
            seconds.Add(clock.Elapsed.TotalSeconds);
            Compare(raw, figures);
            report.Rounds.Add(new JsonObject { ["what"] = what, ["rawSeconds"] = statement, ["productSeconds"] = seconds[^1] });
            ratios.Add(seconds[^1] / statement);
        }
        return new(ratios, seconds, PeakMemory.MegaBytes);
    }

    private async Task<Measured> TimesAsync(BarReport report, string what, int rounds, Func<Task<KpiReport>> ours)
    {
        var seconds = new List<double>();
        PeakMemory.Reset();
        for (var round = 0; round < rounds; round++)
        {
            options.Tell($"kpis: {what}, round {round + 1} of {rounds}");
            var clock = Stopwatch.StartNew();
            await ours();
            seconds.Add(clock.Elapsed.TotalSeconds);
            report.Rounds.Add(new JsonObject { ["what"] = what, ["productSeconds"] = seconds[^1] });
        }
        return new([], seconds, PeakMemory.MegaBytes);
    }

    private static void Compare((long[] Counts, decimal MeanDays) raw, KpiReport ours)
    {
        KpiFigure One(string id) => ours.Figures.First(figure => figure.Id == id);
        var (sal, customer, mean) = (One("mql-to-sal"), One("sal-to-customer"), One("sal-to-won.mean"));
        long[] counts = [sal.N, sal.Numerator!.Value, customer.N, customer.Numerator!.Value, mean.N];
        if (!raw.Counts.SequenceEqual(counts) || raw.MeanDays != mean.Value!.Value)
            throw new InvalidOperationException($"The figures differ: {string.Join(' ', raw.Counts)} and {string.Join(' ', counts)}; {raw.MeanDays} and {mean.Value} days.");
    }

    private sealed record Measured(List<double> Ratios, List<double> Seconds, double Peak);
}
