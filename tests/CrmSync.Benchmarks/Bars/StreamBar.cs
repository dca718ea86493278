using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Figures;
using CrmSync.Benchmarks.Product;

namespace CrmSync.Benchmarks.Bars;

/// <summary>
/// G: from a change in Salesforce to the stage that stands written there, with the event stream alone: no poll rings while it is
/// measured.
/// </summary>
internal sealed class StreamBar(BarOptions options)
{
    /// <summary>So many that the brake on stage moves, which holds at 5 % of them in an hour, is not what is measured.</summary>
    private const int Leads = 2_000;
    private const double Bar = 2;

    /// <summary>Not everybody who asks for a demo is written to: some are customers already.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private int Count => options.Short ? 10 : 60;

    public async Task<BarReport> RunAsync()
    {
        await using var bed = await SalesforceBed.StartAsync(options.Directory("stream"), Leads);
        options.Tell("stream: set-up and baseline");
        await bed.PrepareAsync();
        await using var product = await ProductProcess.StartAsync(bed.Settings);
        await ListensAsync(bed, product);
        var seconds = new List<double>();
        var unwritten = 0;
        for (var i = 1; i < Leads && seconds.Count < Count; i++)
        {
            if (i % 10 == 0)
                options.Tell($"stream: {seconds.Count} of {Count} measured");
            if (await OneAsync(bed, $"lead{i}") is { } took)
                seconds.Add(took);
            else
                unwritten++;
        }
        var report = new BarReport("G", "from a change in Salesforce to the written stage, by the event stream alone");
        report.Lines.Add(BarLine.AtMost("seconds at the median", Spread.Of(seconds), Bar));
        report.Notes.Add($"n = {seconds.Count} changes one after another, 40 ms a call ({unwritten} more led to no write within {Within.TotalSeconds} s); from the act to the request that wrote stage and marker, by the sandbox's own log");
        report.Rounds.Add(new JsonObject { ["seconds"] = new JsonArray([.. seconds.Select(s => JsonValue.Create(Math.Round(s, 3)))]) });
        return report;
    }

    /// <summary>The first change is for knowing that somebody listens.</summary>
    private async Task ListensAsync(SalesforceBed bed, ProductProcess product)
    {
        options.Tell("stream: waiting until it listens");
        var tries = 0;
        await product.UntilAsync(
            async () =>
            {
                if (tries++ % 25 == 0)
                    await bed.Sandbox.AskAsync("lead0");
                return await WrittenAsync(bed, 0) is not null;
            },
            TimeSpan.FromMinutes(2), "it listens");
    }

    /// <summary>Null when nothing was written in time.</summary>
    private static async Task<double?> OneAsync(SalesforceBed bed, string key)
    {
        var from = await bed.Sandbox.LogAsync(0).Select(e => (long)e["n"]!).LastOrDefaultAsync();
        await bed.Sandbox.AskAsync(key);
        for (var end = DateTimeOffset.UtcNow + Within; DateTimeOffset.UtcNow < end;)
        {
            if (await WrittenAsync(bed, from) is { } seconds)
                return seconds;
            await Task.Delay(Look);
        }
        return null;
    }

    /// <summary>The time from the last act to our marker behind it; null while there is none.</summary>
    private static async Task<double?> WrittenAsync(SalesforceBed bed, long after)
    {
        DateTimeOffset? acted = null;
        await foreach (var entry in bed.Sandbox.LogAsync(after))
        {
            var at = DateTimeOffset.Parse((string)entry["at"]!, CultureInfo.InvariantCulture);
            if ((string?)entry["kind"] == "act")
                acted ??= at;
            else if (acted is { } since && Wrote(entry))
                return (at - since).TotalSeconds;
        }
        return null;
    }

    private static bool Wrote(JsonNode entry) => entry["effects"] is JsonArray effects && effects.Any(e => (string?)e!["field"] == "crmsync_marker__c" && e["after"] is not null);
}
