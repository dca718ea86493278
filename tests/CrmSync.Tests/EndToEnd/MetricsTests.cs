using System.Text.RegularExpressions;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary><c>/metrics</c>: well formed, true to the store, and nobody's name in it.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Every_line_has_the_form_that_prometheus_reads()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var typed = new HashSet<string>();
        foreach (var line in (await PageAsync(stage)).TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                Assert.True(typed.Add(line.Split(' ')[2]), line);
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
                Assert.True(Sample().Match(line) is { Success: true } m && (typed.Contains(m.Groups[1].Value) || typed.Contains(Part().Replace(m.Groups[1].Value, ""))), line);
        }
        Assert.All(typed, name => Assert.StartsWith("crmsync_", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Transitions_are_counted_once_however_often_one_looks()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await PageAsync(stage);
        await stage.OfferAsync("anna");
        var offered = $"SELECT count(*) FROM transitions WHERE outcome = 'applied'";
        var applied = stage.File.Number(offered);
        Assert.True(applied > 0);
        await PageAsync(stage);
        var page = await PageAsync(stage);
        Assert.Equal(applied, Values(page, "crmsync_transitions_total", "outcome=\"applied\"").Sum());
        Assert.Equal(stage.File.Number("SELECT max(sequence) FROM audit"), Values(page, "crmsync_audit_head_sequence").Single());
        Assert.Equal(1, Values(page, "crmsync_connection_well").Single());
        Assert.Equal(0, Values(page, "crmsync_inbox_pending").Single());
    }

    [Fact]
    public async Task Quotas_of_a_day_show_what_is_ours_what_is_used_and_what_rests()
    {
        await using var stage = await Stage.StartAsync(
            new() { Crm = "pipedrive", Pipedrive = new() { Plan = "Lite", Seats = 1 }, Options = new Dictionary<string, string> { ["Plan"] = "Lite" } }, Some.Lead("anna"));
        stage.Sandbox.Control.SetSwitch("pipedrive", "othersPerHour", 3_500); // of seven hours others spent 24,500
        await stage.PassAsync(TimeSpan.FromMinutes(12));
        var page = await PageAsync(stage);
        double Of(string name) => Values(page, $"crmsync_crm_quota_{name}", "window=\"tokens a day\"").Single();

        Assert.Equal(18_000, Of("share"));
        Assert.InRange(Of("used_ratio") * 18_000, 100, 2_000);
        Assert.InRange(Of("predicted_ratio"), Of("used_ratio"), 16_000 / 18_000.0);
        Assert.InRange(Of("left"), 3_000, 5_500);
        Assert.Equal([1, 0], new[] { "sweeps", "polls" }.Select(work => Values(page, "crmsync_crm_quota_resting", $"work=\"{work}\"").Single()));
        Assert.Equal(5, Typed(page).Count(name => name.Contains("quota", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_quota_of_a_day_is_told_by_what_it_counts()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var page = await PageAsync(stage);
        Assert.True(Values(page, "crmsync_crm_quota_share", "window=\"requests a day\"").Single() > 0);
        Assert.DoesNotContain("daily a day", page, StringComparison.Ordinal);
        var check = await stage.CommandAsync("check");
        Assert.Contains("requests a day are ours", check.Out, StringComparison.Ordinal);
        Assert.Equal("requests", (await stage.CommandAsync("check", "--json")).Json.GetProperty("quotas")[0].GetProperty("unit").GetString());
    }

    [Fact]
    public async Task A_hundred_leads_more_add_no_series_and_no_name()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        var before = Series(await PageAsync(stage));
        stage.Add([.. Enumerable.Range(0, 100).Select(i => Some.Lead($"more{i}"))]);
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        var page = await PageAsync(stage);
        // Their first sight is the one kind of row that may be new.
        Assert.InRange(Series(page) - before, 0, 1);
        Assert.DoesNotContain("@", page, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Webhook_calls_are_counted_by_the_kind_of_crm_from_the_first_on()
    {
        await using var stage = await Stage.StartAsync(new() { Webhooks = true }, Some.Lead("anna"));
        string[] outcomes = ["accepted", "refused"];
        double[] Of(string page) => [.. outcomes.Select(outcome => Values(page, "crmsync_webhook_requests_total{provider=\"hubspot\"", $"outcome=\"{outcome}\"").Single())];
        var before = Of(await PageAsync(stage));
        Assert.Equal(0, before[1]);
        using var http = new HttpClient();
        using var refused = await http.PostAsync(stage.WebhookAddress, new StringContent("[]"));
        Assert.Equal([before[0], 1], Of(await PageAsync(stage)));
    }

    private static IEnumerable<string> Typed(string page) =>
        page.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]);

    private static int Series(string page) => page.Split('\n').Count(line => line.Length > 0 && line[0] != '#');

    private static IEnumerable<double> Values(string page, string name, string label = "") => page.Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Select(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<string> PageAsync(Stage stage)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(stage.AdminAddress, "/metrics"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("""^([a-z_]+)(\{([a-z]+="([^"\\\n]|\\.)*",?)+\})? (-?[0-9.]+(E[+-]?[0-9]+)?|[+-]Inf|NaN)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}
