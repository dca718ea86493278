using System.Diagnostics;
using System.Globalization;
using CrmSync.Benchmarks.Bars;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Processes;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Reports.History;
using CrmSync.Worker.Storage.Sqlite;
using CsvHelper;

namespace CrmSync.Benchmarks.Kpis;

/// <summary>F: what the figures cost over years of hand-overs, against one SQL statement; and from a file, against reading it.</summary>
internal sealed class KpiBar(BarOptions options)
{
    private const int Seed = 20261;
    private const double MegaByte = 1024 * 1024;
    private static readonly DateTimeOffset CutOff = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private readonly int _leads = options.Leads?[0] ?? (options.Short ? 50_000 : 1_000_000);

    public async Task<BarReport> RunAsync()
    {
        var report = new BarReport("F", "the KPIs, product against one SQL statement, and from a file against a plain read");
        await StoreAsync(report);
        FromFile(report);
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"peak resident memory of this process, the filling of the store included: {ProcFigures.Of(Environment.ProcessId).ResidentPeak / MegaByte:0} MB"));
        return report;
    }

    private async Task StoreAsync(BarReport report)
    {
        var directory = options.Directory("kpis");
        options.Tell($"kpis: filling a store with {_leads:N0} leads");
        var transitions = await StoreMaker.FillAsync(directory, _leads, Seed);
        await using var store = await SqliteStore.OpenAsync(directory, CancellationToken.None);
        var (folded, rolledUp, months) = (new List<double>(), new List<double>(), new List<double>());
        await RoundsAsync(Math.Max(1, options.Rounds / 3), folded);
        options.Tell("kpis: rolling up");
        var rolling = Stopwatch.StartNew();
        await store.RollUpAsync(CancellationToken.None);
        var took = rolling.Elapsed.TotalSeconds;
        await RoundsAsync(options.Rounds, rolledUp);
        for (var round = 0; round < options.Rounds; round++)
            months.Add((await TimedAsync(() => KpiReader.ReadAsync(store.Reports, new(CutOff), KpiSplit.Month, Zone, CancellationToken.None))).Seconds * 1_000);
        report.Lines.Add(BarLine.AtMost("all figures, rolled up, against one raw statement", Spread.Of(rolledUp), 1.5));
        report.Lines.Add(BarLine.AtMost("all figures, folded from the audit, against one raw statement", Spread.Of(folded), 1.5));
        report.Lines.Add(BarLine.AtMost("all figures by month, ms", Spread.Of(months), 200, "0"));
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{_leads:N0} leads, {transitions:N0} transitions; rolling all of them up took {took:0.0} s, once; counts and mean were compared in every round and were alike"));

        async Task RoundsAsync(int rounds, List<double> ratios)
        {
            for (var round = 0; round < rounds; round++)
            {
                options.Tell($"kpis: round {round + 1} of {rounds}");
                var clock = Stopwatch.StartNew();
                var raw = RawSql.Ask(directory, CutOff);
                var statement = clock.Elapsed.TotalSeconds;
                var ours = await TimedAsync(() => KpiReader.ReadAsync(store.Reports, new(CutOff) { CustomerHorizon = TimeSpan.FromDays(180) }, KpiSplit.None, Zone, CancellationToken.None));
                Compare(raw, ours.Result);
                report.Rounds.Add(new System.Text.Json.Nodes.JsonObject { ["rawSeconds"] = statement, ["productSeconds"] = ours.Seconds });
                ratios.Add(ours.Seconds / statement);
            }
        }
    }

    private static void Compare((long[] Counts, double MeanDays) raw, KpiReport ours)
    {
        KpiFigure One(string id) => ours.Figures.First(figure => figure.Id == id);
        var (sal, customer, mean) = (One("mql-to-sal"), One("sal-to-customer"), One("sal-to-won.mean"));
        long[] counts = [sal.N, sal.Numerator!.Value, customer.N, customer.Numerator!.Value, mean.N];
        if (!raw.Counts.SequenceEqual(counts) || Math.Abs(raw.MeanDays - (double)mean.Value!.Value) > 0.005001)
            throw new InvalidOperationException($"The figures differ: {string.Join(' ', raw.Counts)} and {string.Join(' ', counts)}; {raw.MeanDays} and {mean.Value} days.");
    }

    private void FromFile(BarReport report)
    {
        var path = Path.Combine(options.Directory("csv"), "history.csv");
        Write(path);
        var ratios = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            options.Tell($"kpis: file, round {round + 1} of {options.Rounds}");
            var clock = Stopwatch.StartNew();
            var rows = Read(path);
            var plain = clock.Elapsed.TotalSeconds;
            clock.Restart();
            var groups = new KpiGroups(new(CutOff), KpiSplit.None, Zone);
            var file = HistoryFile.Read(path, (_, episodes) =>
            {
                foreach (var episode in episodes)
                    groups.Add(episode);
            }, CancellationToken.None);
            groups.Report();
            ratios.Add(clock.Elapsed.TotalSeconds / plain);
            // It may take the header for a row.
            if (Math.Abs(file.Rows - rows) > 1)
                throw new InvalidOperationException("The rows differ.");
            report.Rounds.Add(new System.Text.Json.Nodes.JsonObject { ["csvHelperSeconds"] = plain, ["fromCsvSeconds"] = clock.Elapsed.TotalSeconds });
        }
        report.Lines.Add(BarLine.AtMost($"from a file of {_leads:N0} rows, against CsvHelper reading it", Spread.Of(ratios), 3));
    }

    /// <summary>Every cell of every row as a text: what a plain reading program would do.</summary>
    private static long Read(string path)
    {
        using var reader = CsvHelper.CsvReader.FromFile(path, CsvReaderOptions.Default);
        var (rows, length) = (0L, 0L);
        for (; reader.Read(); rows++)
            for (var cell = 0; cell < 6; cell++)
                length += reader.GetString(cell).Length;
        return length > 0 ? rows : 0;
    }

    private static async Task<(T Result, double Seconds)> TimedAsync<T>(Func<Task<T>> work)
    {
        var clock = Stopwatch.StartNew();
        var result = await work();
        return (result, clock.Elapsed.TotalSeconds);
    }

    private void Write(string path)
    {
        string[] stages = ["MarketingQualified", "SalesAccepted", "Customer", "Rejected"];
        var random = new Random(Seed);
        using var writer = new StreamWriter(path);
        writer.WriteLine("lead_id,company_id,stage,entered_at,source,owner");
        for (var row = 0; row < _leads; row++)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{random.Next(_leads / 2)},{random.Next(_leads / 4)},{stages[random.Next(4)]},{CutOff.AddSeconds(-random.Next(90_000_000)).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},s{random.Next(6)},o{random.Next(30)}"));
    }
}
