using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Bars;
using CrmSync.Benchmarks.Figures;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Reports.History;
using CsvHelper;

namespace CrmSync.Benchmarks.Kpis;

/// <summary>The figures from a file against reading it; and, where asked for (<c>--gigabyte</c>), from a file of 1 GB once.</summary>
internal sealed class FileRounds(BarOptions options, TimeZoneInfo zone, DateTimeOffset cutOff, int seed)
{
    private const long GigaByte = 1_000_000_000;

    // Rounds that are not counted: here both sides are compiled while they run, and the product is compiled ahead.
    private const int WarmUp = 3;

    /// <summary>Seconds that the processors worked for this process.</summary>
    private static double Worked => Environment.CpuUsage.TotalTime.TotalSeconds;

    public async Task MeasureAsync(BarReport report, int rows)
    {
        var path = Path.Combine(options.Directory("csv"), "history.csv");
        Write(path, rows, long.MaxValue);
        var (ratios, work) = (new List<double>(), new List<double>());
        for (var round = -WarmUp; round < options.Rounds; round++)
        {
            var (clock, before) = (Stopwatch.StartNew(), Worked);
            var plainRows = Read(path);
            var (plain, plainWork) = (clock.Elapsed.TotalSeconds, Worked - before);
            (clock, before) = (Stopwatch.StartNew(), Worked);
            var read = await OursAsync(path);
            var (ours, oursWork) = (clock.Elapsed.TotalSeconds, Worked - before);
            options.Tell(string.Create(CultureInfo.InvariantCulture, $"kpis: file, round {round + 1} of {options.Rounds}: {plain:0.000} s and {ours:0.000} s; of processors {plainWork:0.000} s and {oursWork:0.000} s"));
            // It may take the header for a row.
            if (Math.Abs(read - plainRows) > 1)
                throw new InvalidOperationException("The rows differ.");
            if (round < 0)
                continue;
            ratios.Add(ours / plain);
            work.Add(oursWork / plainWork);
            report.Rounds.Add(new JsonObject { ["what"] = "file", ["csvHelperSeconds"] = plain, ["fromCsvSeconds"] = ours, ["csvHelperWork"] = plainWork, ["fromCsvWork"] = oursWork });
        }
        report.Lines.Add(BarLine.AtMost($"from a file of {rows:N0} rows, against CsvHelper reading it", Spread.Of(ratios), 3));
        report.Notes.Add($"the ratio from a file is of elapsed time, on {Environment.ProcessorCount} processors; of the processors' time it is {Spread.Of(work).Text("0.0")}; {WarmUp} rounds before are not counted");
        if (options.GigaByte)
            await BigAsync(report);
    }

    private async Task BigAsync(BarReport report)
    {
        var path = Path.Combine(options.Directory("big"), "history.csv");
        options.Tell("kpis: writing 1 GB");
        Write(path, 20_000_000, GigaByte);
        options.Tell("kpis: reading 1 GB");
        PeakMemory.Reset();
        var clock = Stopwatch.StartNew();
        var rows = await OursAsync(path);
        report.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"a file of {new FileInfo(path).Length / 1e9:0.00} GB, {rows:N0} rows: {clock.Elapsed.TotalSeconds:0} s, peak memory {PeakMemory.MegaBytes:0} MB"));
    }

    /// <summary>As the command does it.</summary>
    private async Task<long> OursAsync(string path)
    {
        var (clock, before) = (Stopwatch.StartNew(), Worked);
        using var file = await HistoryFile.ReadAsync(path, CancellationToken.None);
        var (parsed, parsedWork) = (clock.Elapsed.TotalSeconds, Worked - before);
        await HistoryFigures.OfAsync(file, new(cutOff), KpiSplit.None, zone, CancellationToken.None);
        options.Tell(string.Create(CultureInfo.InvariantCulture,
            $"kpis: read {parsed:0.000} s ({parsedWork:0.000} of processors), sorted, counted and computed {clock.Elapsed.TotalSeconds - parsed:0.000} s ({Worked - before - parsedWork:0.000}); {file.Episodes:N0} episodes"));
        return file.Rows;
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

    /// <summary>Rows in no order, until there are so many or the file is so long; those of 1 GB bear ids as long as CRMs give them.</summary>
    private void Write(string path, int rows, long bytes)
    {
        string[] stages = ["MarketingQualified", "SalesAccepted", "Customer", "Rejected"];
        var random = new Random(seed);
        var prefix = bytes == long.MaxValue ? "" : "00Q5g00000";
        using var writer = new StreamWriter(path);
        writer.WriteLine("lead_id,company_id,stage,entered_at,source,owner");
        for (var row = 0; row < rows && writer.BaseStream.Position < bytes; row++)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{prefix}{random.Next(rows / 2)},{prefix}{random.Next(rows / 4)},{stages[random.Next(4)]},{cutOff.AddSeconds(-random.Next(90_000_000)).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},s{random.Next(6)},o{random.Next(30)}"));
    }
}
