using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Product;

namespace CrmSync.Benchmarks.Bars;

/// <summary>
/// F: leads that changed in Salesforce while the worker was away. Calls of a day are what an org runs out of, so they are what is
/// counted: against the fewest that the vendor's sizes allow.
/// </summary>
internal sealed class CallsBar(BarOptions options)
{
    private const int Page = 2_000;
    private const int Collection = 200;

    /// <summary>Guard, write, a look afterwards, and the task.</summary>
    private const int Rounds = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private int Leads => options.Leads?[0] ?? (options.Short ? 2_000 : 20_000);

    public async Task<BarReport> RunAsync()
    {
        await using var bed = await SalesforceBed.StartAsync(options.Directory("calls"), Leads);
        options.Tell($"calls: set-up and baseline of {Leads} leads");
        await bed.PrepareAsync();
        options.Tell($"calls: {Leads} leads ask for a demo while nobody looks");
        for (var i = 0; i < Leads; i++)
            await bed.Sandbox.AskAsync($"lead{i}");
        var start = await bed.Sandbox.LogAsync(0).Select(e => (long)e["n"]!).LastOrDefaultAsync();
        options.Tell("calls: draining");
        await DrainAsync(bed.Settings);
        return await ReportAsync(new CallLog(bed.Sandbox.LogAsync(start)), StoreView.Read(bed.Settings.Data).Applied);
    }

    private static async Task DrainAsync(ProductSettings settings)
    {
        await using var product = await ProductProcess.StartAsync(settings);
        await product.ApproveAsync(Patience);
        var quiet = 0;
        await product.UntilAsync(
            () =>
            {
                var (waiting, open, applied) = StoreView.Read(settings.Data);
                quiet = applied > 0 && waiting == 0 && open == 0 ? quiet + 1 : 0;
                return Task.FromResult(quiet > 15);
            },
            Patience, "the backlog is drained");
    }

    private async Task<BarReport> ReportAsync(CallLog log, long useful)
    {
        await log.ReadAsync();
        var fewest = By(Leads, Page) + By(Leads, Collection) + By(Leads, Collection) + (Rounds * By(useful, Collection));
        var report = new BarReport("F", $"{Leads:N0} changed leads in Salesforce, 40 ms a call");
        report.Lines.Add(BarLine.AtMost("calls, of the fewest possible", Spread.Of([log.Draining / (double)fewest]), 1.15, "0.000"));
        report.Lines.Add(BarLine.AtMost("limit errors", Spread.Of([log.Limited]), 0, "0"));
        var table = new Table("figure", "value");
        table.Add("drained in s", log.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        table.Add("useful updates (effects applied)", useful.ToString("N0", CultureInfo.InvariantCulture));
        table.Add("calls while draining", log.Draining.ToString("N0", CultureInfo.InvariantCulture));
        table.Add("fewest possible", fewest.ToString("N0", CultureInfo.InvariantCulture));
        report.Tables.Add(table);
        report.Tables.Add(log.Kinds());
        report.Notes.Add("n = 1 drain; calls of checks are shown, and not counted as draining; all polls are");
        report.Notes.Add($"fewest possible: one page per {Page:N0} changes; then by the {Collection}: whose leads they are, the facts, and for each update a guard, a write, a look afterwards and a task");
        report.Rounds.Add(new JsonObject { ["calls"] = log.Draining, ["fewest"] = fewest, ["seconds"] = log.Seconds, ["useful"] = useful, ["limited"] = log.Limited });
        return report;
    }

    private static int By(double things, int size) => (int)Math.Ceiling(things / size);
}
