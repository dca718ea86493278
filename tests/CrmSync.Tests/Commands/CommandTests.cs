using CrmSync.Leads.Handover;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Rules;
using CrmSync.Worker.Audit;

namespace CrmSync.Tests.Commands;

/// <summary>What each command prints and how it exits.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly CommandBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Prints_the_version()
    {
        Assert.Equal(0, await _bench.BareAsync("version"));
        Assert.Matches(@"^CrmSync \d+\.\d+\.\d+", _bench.Out);
        Assert.Empty(_bench.Error);
    }

    [Fact]
    public async Task Prints_the_version_as_json()
    {
        Assert.Equal(0, await _bench.BareAsync("version", "--json"));
        Assert.Equal("CrmSync", _bench.Json.GetProperty("product").GetString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("version", "--nonsense")]
    [InlineData("explain")]
    [InlineData("rules", "lint", "a", "b")]
    [InlineData("rules", "foo")]
    [InlineData("rules")]
    [InlineData("explain", "no-slash")]
    [InlineData("rules", "lint", "/nowhere.yaml")]
    [InlineData("approve", "other")]
    [InlineData("audit", "verify", "--anchors", "/nowhere.jsonl")]
    public async Task Answers_a_wrong_call_with_64(params string[] args)
    {
        await _bench.WithEmptyStoreAsync();
        Assert.Equal(64, await _bench.RunAsync(args));
        Assert.Empty(_bench.Out);
        Assert.Contains("repair: ", _bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_as_json_what_is_wrong_where_and_how_to_repair_it()
    {
        using var bench = new CommandBench("""{"TimeZone":"Middle/Earth","Connections":{"main":{"Crm":"fax"}}}""");
        Assert.Equal(78, await bench.RunAsync("check", "--json"));
        var error = bench.Json.GetProperty("error");
        Assert.Equal("configuration", error.GetProperty("code").GetString());
        Assert.Equal(["Connections:main:Crm", "TimeZone"], error.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("setting").GetString()));
        Assert.All(error.GetProperty("problems").EnumerateArray(), p => Assert.True(p.GetProperty("problem").GetString()!.Length > 0 && p.GetProperty("repair").GetString()!.Length > 0));
        Assert.Empty(bench.Error);
    }

    [Theory]
    [InlineData("--nonsense", "--json")]
    [InlineData("--json", "nonsense")]
    public async Task Says_a_wrong_call_as_json(params string[] args)
    {
        Assert.Equal(64, await _bench.BareAsync(args));
        Assert.Equal("usage", _bench.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"Connections":{"main":{"Crm":"hubspot","PollInterval":"soon"}}}""")]
    [InlineData("""{"Conections":{}}""")]
    public async Task Answers_broken_settings_with_78(string settings)
    {
        using var bench = new CommandBench(settings);
        Assert.Equal(78, await bench.RunAsync("check"));
        Assert.Contains("repair: ", bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("kpi")]
    [InlineData("rules", "lint")]
    public async Task Answers_a_missing_settings_file_with_78(params string[] args) =>
        Assert.Equal(78, await _bench.BareAsync([.. args, "--config", _bench.Directory.File("nowhere.json")]));

    [Fact]
    public async Task Runs_nothing_without_a_connection()
    {
        Assert.Equal(78, await _bench.RunAsync("run"));
        Assert.Contains("crmsync demo", _bench.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.Directory.Database));
    }

    [Theory]
    [InlineData("kpi")]
    [InlineData("audit", "verify")]
    [InlineData("quarantine", "list")]
    [InlineData("explain", "main/1")]
    public async Task Reads_no_store_that_is_not_there(params string[] args)
    {
        Assert.Equal(78, await _bench.RunAsync([.. args, "--json"]));
        Assert.Equal("store-missing", _bench.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Passes_the_shipped_rules()
    {
        Assert.Equal(0, await _bench.RunAsync("rules", "lint"));
        Assert.Contains($"hash {RuleSamples.Shipped.Hash[..12]}", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_at_the_line_and_column_of_a_broken_rule()
    {
        var file = _bench.Directory.File("rules.yaml");
        await File.WriteAllTextAsync(file, RuleSamples.ShippedText.Replace("\nversion: 1\n", "\nversion: one\n"), TestContext.Current.CancellationToken);
        Assert.Equal(1, await _bench.RunAsync("rules", "lint", file));
        var line = RuleSamples.ShippedText.Split('\n').Index().Single(l => l.Item == "version: 1").Index + 1;
        Assert.Contains($"rules.yaml:{line}:10: ", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_at_it_in_json_as_well()
    {
        var file = _bench.Directory.File("rules.yaml");
        await File.WriteAllTextAsync(file, "schema: [", TestContext.Current.CancellationToken);
        Assert.Equal(1, await _bench.RunAsync("rules", "lint", file, "--json"));
        Assert.False(_bench.Json.GetProperty("ok").GetBoolean());
        Assert.True(_bench.Json.GetProperty("problems")[0].GetProperty("line").GetInt32() > 0);
    }

    [Fact]
    public async Task Finds_an_untouched_audit_whole()
    {
        await FillAuditAsync();
        Assert.Equal(0, await _bench.RunAsync("audit", "verify", "--json"));
        Assert.Equal((true, 3), (_bench.Json.GetProperty("verified").GetBoolean(), _bench.Json.GetProperty("rows").GetInt32()));
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'person:9' WHERE sequence = 2")]
    [InlineData("DELETE FROM audit WHERE sequence = 2")]
    public async Task Finds_a_tampered_audit_damaged(string tampering)
    {
        await FillAuditAsync();
        foreach (var trigger in _bench.Directory.Rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"))
            _bench.Directory.Sql($"DROP TRIGGER {trigger}");
        _bench.Directory.Sql(tampering);
        Assert.Equal(65, await _bench.RunAsync("audit", "verify"));
        Assert.Contains("NOT whole", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_junk_for_no_anchors()
    {
        await _bench.WithEmptyStoreAsync();
        var file = _bench.Directory.File("junk.jsonl");
        await File.WriteAllTextAsync(file, "junk\n", TestContext.Current.CancellationToken);
        Assert.Equal(65, await _bench.RunAsync("audit", "verify", "--anchors", file, "--json"));
        Assert.Equal("anchors", _bench.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Counts_kpis_of_nobody()
    {
        await _bench.WithEmptyStoreAsync();
        Assert.Equal(0, await _bench.RunAsync("kpi", "--json"));
        Assert.NotEmpty(_bench.Json.GetProperty("figures").EnumerateArray());
        Assert.All(_bench.Json.GetProperty("figures").EnumerateArray(), f => Assert.Equal(0, f.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task Explains_no_lead_that_was_never_seen()
    {
        await _bench.WithEmptyStoreAsync();
        Assert.Equal(64, await _bench.RunAsync("explain", "main/1", "--json"));
        Assert.Equal("lead-unknown", _bench.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Explains_a_lead_by_its_story()
    {
        await FillAuditAsync();
        Assert.Equal(0, await _bench.RunAsync("explain", "main/a"));
        Assert.Contains("first seen > Lead", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_a_lead_by_the_rules_that_judged_it()
    {
        var then = RuleSamples.ShippedText.Replace("en: Target industry", "en: The industries of then").Replace("\nscores:\n", "\nscores:\n  fit: { cap: 80 }\n");
        var episode = new Episode { Number = 1, State = HandoverState.Rejected, OpenedAt = CommandBench.Now, Reason = RejectionReason.WrongCompanySize };
        const string Finding = """[{"criterion":"industry","group":"fit","result":"met","points":25,"value":"machinery","seenAt":null}]""";
        await using (var store = await _bench.OpenStoreAsync())
        {
            await store.KeepRuleSetAsync(new('a', 64), then, "1", TestContext.Current.CancellationToken);
            await store.AppendAsync([new(AuditKind.RuleSetLoaded, null, null, null, null, null, null, CommandBench.Now.AddHours(-1), "crmsync", new('a', 64), null)], TestContext.Current.CancellationToken);
            await store.RecordAsync("main", [Some.Pass(new("a", 0, 0), Some.Lead("a") with { Episode = episode }) with
            {
                Evidence = new("e", "key-a", "salt", "{}", Finding, """{"judgedAt":"2026-01-05T07:00:00Z","policy":"default","fit":25,"interest":0}"""),
                Judgement = new("key-a", CommandBench.Now, "e", "NotEnoughData"),
            }], CommandBench.Now, TestContext.Current.CancellationToken);
        }
        Assert.Equal(0, await _bench.RunAsync("explain", "main/a"));
        Assert.Contains("hand-over no. 1: Rejected, because of wrong company size", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("Verdict: not enough data; rules Standard v1, hash aaaaaaaaaaaa", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("Fit 25 of 80, interest 0 of 100", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("+ fit       The industries of then (25)", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_an_empty_quarantine()
    {
        await _bench.WithEmptyStoreAsync();
        Assert.Equal(0, await _bench.RunAsync("quarantine", "list"));
        Assert.Contains("Nothing", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_who_is_in_quarantine_and_why()
    {
        await using (var store = await _bench.OpenStoreAsync())
            await store.QuarantineAsync("main", [("7", "HTTP 400")], CommandBench.Now, TestContext.Current.CancellationToken);
        Assert.Equal(0, await _bench.RunAsync("quarantine", "list", "--json"));
        var lead = Assert.Single(_bench.Json.GetProperty("leads").EnumerateArray());
        Assert.Equal(("7", "HTTP 400"), (lead.GetProperty("leadId").GetString(), lead.GetProperty("reason").GetString()));
    }

    private async Task FillAuditAsync()
    {
        await using var store = await _bench.OpenStoreAsync();
        await store.RecordAsync("main", [Some.Pass(new("a", 0, 0), Some.Lead("a")) with
        {
            Audit = [Some.Observed("key-a"), Some.Decided("t1", "key-a"), Some.Applied("t1", "key-a")],
        }], CommandBench.Now, TestContext.Current.CancellationToken);
    }
}
