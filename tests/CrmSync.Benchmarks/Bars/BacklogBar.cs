using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Processes;
using CrmSync.Benchmarks.Product;

namespace CrmSync.Benchmarks.Bars;

/// <summary>
/// C: leads that changed while the worker was away, worked off against the sandbox's enforced limits. What it may use it
/// should use, and never more.
/// </summary>
internal sealed class BacklogBar(BarOptions options)
{
    private const double Share = 0.8;
    private const int Limit = 190;
    private const int SearchLimit = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The people were made a minute ago, which no backlog is: without this the poll's look back over five minutes would
    /// find each of them, and their companies, once more.
    /// </summary>
    private static readonly Dictionary<string, string> NoLookBack = new() { ["OverlapSeconds"] = "1" };

    private int Leads => options.Leads?[0] ?? (options.Short ? 3_000 : 20_000);

    public async Task<BarReport> RunAsync()
    {
        await using var sandbox = await SandboxProcess.StartAsync(null);
        await sandbox.UnlimitAsync();
        await sandbox.SwitchAsync(new() { ["searchLagSeconds"] = 0, ["webhookDelaySeconds"] = 0 });
        await sandbox.GenerateAsync(Leads, "lead");
        var ports = Ports.Free(2);
        var settings = new ProductSettings
        {
            Data = options.Directory("backlog"), WebhookPort = ports[0], AdminPort = ports[1], Crm = sandbox.Url, Token = sandbox.Token,
            Secret = sandbox.WebhookSecret, QuotaShare = 1, Options = ProductSettings.Unlimited,
        };
        await PrepareAsync(settings);
        options.Tell($"backlog: {Leads} leads ask for a demo while nobody looks");
        for (var i = 0; i < Leads; i++)
            await sandbox.AskAsync($"lead{i}");
        await sandbox.SwitchAsync(new() { ["staticLimit"] = Limit, ["searchLimit"] = SearchLimit });
        var start = await sandbox.LogAsync(0).Select(e => (long)e["n"]!).LastOrDefaultAsync();
        var limited = settings with { QuotaShare = Share, Options = NoLookBack, PollInterval = TimeSpan.FromMinutes(1) };
        await DrainAsync(limited);
        return await ReportAsync(new BacklogLog(sandbox.LogAsync(start)), StoreView.Read(settings.Data).Applied);
    }

    /// <summary>Fields, baseline and the first start, without limits.</summary>
    private async Task PrepareAsync(ProductSettings settings)
    {
        options.Tell($"backlog: set-up and baseline of {Leads} leads");
        await ProductProcess.CommandAsync(settings, "setup");
        await using var product = await ProductProcess.StartAsync(settings);
        await product.BaselineAsync(Patience);
        await product.GoLiveAsync();
    }

    private async Task DrainAsync(ProductSettings settings)
    {
        options.Tell($"backlog: draining at {Share:P0} of {Limit} requests in 10 s");
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

    private async Task<BarReport> ReportAsync(BacklogLog log, long useful)
    {
        await log.ReadAsync();
        var report = new BarReport("C", $"{Leads:N0} changed leads against HubSpot's enforced limits");
        var (requests, seconds) = log.SteadyUse();
        report.Lines.Add(BarLine.AtLeast("use of our share of the ten-second limit", Spread.Of([requests / (Share * Limit / 10 * seconds)]), 0.95, "0.000"));
        report.Lines.Add(BarLine.AtMost("answers 429", Spread.Of([log.Refused]), 0, "0"));
        var fewest = Fewest(useful);
        var table = new Table("figure", "value");
        table.Add("drained in s", log.Seconds.ToString("0", CultureInfo.InvariantCulture));
        table.Add("useful updates (effects applied)", useful.ToString("N0", CultureInfo.InvariantCulture));
        table.Add("requests, searches included", log.Requests.ToString("N0", CultureInfo.InvariantCulture));
        table.Add("calls per useful update", (log.Requests / (double)useful).ToString("0.0000", CultureInfo.InvariantCulture));
        table.Add("fewest possible", $"{(fewest / (double)useful).ToString("0.0000", CultureInfo.InvariantCulture)} ({fewest} calls)");
        table.Add("most requests in any 10 s", $"{log.MostInTenSeconds} of {(int)(Share * Limit)}");
        report.Tables.Add(table);
        report.Tables.Add(log.Kinds());
        report.Notes.Add($"n = 1 drain; share {Share:P0} of {Limit} requests in 10 s and of {SearchLimit} searches a second; use is counted from 10 s after the first request, when the window is full, to the last write");
        report.Notes.Add("fewest possible: one search page per 200 changes, contacts and companies by the hundred, links by the thousand, one guard, one write and one look afterwards per hundred updates");
        report.Rounds.Add(new JsonObject { ["requests"] = log.Requests, ["seconds"] = log.Seconds, ["useful"] = useful, ["refused"] = log.Refused });
        return report;
    }

    private int Fewest(long useful)
    {
        static int By(double things, int size) => (int)Math.Ceiling(things / size);
        return By(Leads, 200) + By(Leads, 100) + By(Leads, 1000) + By(Leads / 5.0, 100) + (3 * By(useful, 100));
    }
}
