using System.Text.Json;
using System.Text.RegularExpressions;
using CrmSync.Tests.Support;
using YamlDotNet.Serialization;

namespace CrmSync.Tests.House;

/// <summary>Alert rules and the dashboard: every metric and label in their expressions is one that a worker shows.</summary>
public sealed partial class WatchTests
{
    private static readonly string Deploy = Path.Combine(DeployTests.Root(), "deploy");

    [Fact]
    public async Task Every_metric_that_is_watched_is_shown()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(stage.AdminAddress, "/metrics"));
        var shown = Typed().Matches(page).Select(m => m.Groups[1].Value).ToHashSet();
        var watched = Expressions().SelectMany(e => Metric().Matches(e)).Select(m => Part().Replace(m.Value, "")).Distinct().ToList();
        Assert.True(watched.Count > 20);
        Assert.All(watched, name => Assert.Contains(name, shown));
        Assert.All(Expressions(), e => Assert.True(e.Count(c => c == '(') == e.Count(c => c == ')') && e.Count(c => c == '{') == e.Count(c => c == '}'), e));
    }

    [Fact]
    public async Task Every_label_that_is_summed_by_is_one_of_the_metrics()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(stage.AdminAddress, "/metrics"));
        string[] absent = ["channel", "resolution", "window", "loop", "provider", "code", "operation"];
        var labels = Label().Matches(page).Select(m => m.Groups[1].Value).Concat(absent).ToHashSet();
        Assert.All(Expressions().SelectMany(e => By().Matches(e)).SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)), label => Assert.Contains(label, labels));
    }

    [Fact]
    public void Every_alert_says_what_to_do()
    {
        var rules = Rules();
        Assert.All(rules, rule =>
        {
            var annotations = (Dictionary<object, object>)rule["annotations"];
            Assert.NotEmpty((string)annotations["summary"]);
            Assert.NotEmpty((string)annotations["repair"]);
            Assert.Contains((string)((Dictionary<object, object>)rule["labels"])["severity"], new[] { "page", "warn", "info" });
        });
        Assert.Equal(rules.Count, rules.Select(r => (string)r["alert"]).Distinct().Count());
    }

    private static List<string> Expressions() =>
    [
        .. Rules().Select(rule => (string)rule["expr"]),
        .. JsonDocument.Parse(File.ReadAllText(Path.Combine(Deploy, "grafana.json"))).RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!),
    ];

    private static List<Dictionary<object, object>> Rules() =>
    [
        .. new Deserializer().Deserialize<Dictionary<string, List<Dictionary<object, object>>>>(File.ReadAllText(Path.Combine(Deploy, "alerts.yaml")))["groups"]
            .SelectMany(group => (List<object>)group["rules"]).Cast<Dictionary<object, object>>(),
    ];

    [GeneratedRegex("^# TYPE ([a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Typed();

    [GeneratedRegex(@"\bcrmsync_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex("""([a-z]+)="[^"]*""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\b(?:by|on) \(([^)]*)\)")]
    private static partial Regex By();
}
