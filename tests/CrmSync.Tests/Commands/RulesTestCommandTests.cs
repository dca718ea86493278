using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Commands;

/// <summary><c>rules test</c>: what it prints and how it exits.</summary>
public sealed class RulesTestCommandTests : IDisposable
{
    private static readonly string ShippedCases = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sal-rules.cases.yaml"));
    private readonly CommandBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Passes_the_shipped_rules_with_the_shipped_cases()
    {
        Assert.Equal(0, await _bench.RunAsync("rules", "test"));
        Assert.Matches(@"\n\n(\d+) cases, \1 passed, 0 failed\.\n$", _bench.Out);
        Assert.Empty(_bench.Error);
    }

    [Fact]
    public async Task Says_what_was_expected_what_came_and_which_finding_differs()
    {
        var rules = Write("r.yaml", RuleSamples.ShippedText.Replace("value: [20, 1000]", "value: [21, 1000]"));
        Write("r.cases.yaml", ShippedCases);
        Assert.Equal(1, await _bench.RunAsync("rules", "test", rules));
        Assert.Contains("  FAIL  Twenty employees are enough\n", _bench.Out, StringComparison.Ordinal);
        Assert.Matches(@"r\.cases\.yaml:\d+\n", _bench.Out);
        Assert.Contains("fit: expected 100, came 75\n", _bench.Out, StringComparison.Ordinal);
        Assert.Contains("company-size: expected met 25, came notMet (company.employees is 20)\n", _bench.Out, StringComparison.Ordinal);
        Assert.Matches(@"\n(\d+) cases, \d+ passed, 1 failed\.\n$", _bench.Out);
    }

    [Fact]
    public async Task Says_the_same_as_one_document()
    {
        var rules = Write("r.yaml", RuleSamples.ShippedText.Replace("value: [20, 1000]", "value: [21, 1000]"));
        var cases = Write("elsewhere.yaml", ShippedCases);
        Assert.Equal(1, await _bench.RunAsync("rules", "test", rules, "--cases", cases, "--json"));
        var document = _bench.Json;
        Assert.False(document.GetProperty("ok").GetBoolean());
        Assert.Equal(1, document.GetProperty("failed").GetInt32());
        var failed = document.GetProperty("cases").EnumerateArray().Single(one => !one.GetProperty("passed").GetBoolean());
        Assert.Equal("Twenty employees are enough", failed.GetProperty("name").GetString());
        Assert.Equal(["fit", "company-size"], failed.GetProperty("differences").EnumerateArray().Select(one => one.GetProperty("what").GetString()));
        Assert.Empty(_bench.Error);
    }

    [Fact]
    public async Task Answers_broken_cases_with_78_and_every_place()
    {
        var rules = Write("r.yaml", RuleSamples.ShippedText);
        Write("r.cases.yaml", ShippedCases.Replace("company.industry: Metal", "company.indutry: Metal").Replace("lasts: forever", "lasts: ever"));
        Assert.Equal(78, await _bench.RunAsync("rules", "test", rules));
        Assert.Matches(@"r\.cases\.yaml:\d+:5: The lead 'ready' has no key 'company\.indutry'\.\n  repair: Did you mean 'company\.industry'\?\n", _bench.Error);
        Assert.Contains("'lasts' must be a length of time", _bench.Error, StringComparison.Ordinal);
        Assert.Empty(_bench.Out);
    }

    [Fact]
    public async Task Answers_broken_rules_with_78()
    {
        var rules = Write("r.yaml", RuleSamples.ShippedText.Replace("op: between", "op: betwen"));
        Assert.Equal(78, await _bench.RunAsync("rules", "test", rules, "--json"));
        Assert.Equal("rules", _bench.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Answers_missing_files_with_64()
    {
        var rules = Write("r.yaml", RuleSamples.ShippedText);
        Assert.Equal(64, await _bench.RunAsync("rules", "test", rules));
        Assert.Contains($"There are no cases at {_bench.Directory.File("r.cases.yaml")}.", _bench.Error, StringComparison.Ordinal);
        Assert.Equal(64, await _bench.RunAsync("rules", "test", "/nowhere.yaml"));
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_bench.Directory.File(name), text);
        return _bench.Directory.File(name);
    }
}
