using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary><c>rules coverage</c> on a connected CRM.</summary>
public sealed class CoverageTests
{
    [Fact]
    public async Task Reads_the_facts_of_the_CRM_and_changes_nothing()
    {
        var full = Some.Lead("anna");
        var empty = Some.Lead("bo") with { JobTitle = null, Company = Some.Lead("bo").Company! with { Employees = null } };
        await using var stage = await Stage.StartAsync(new() { Live = false }, full, empty);
        var before = stage.Sandbox.Control.Log().Max(entry => entry.N);

        var coverage = await stage.CommandAsync("rules", "coverage", "--json");

        Assert.Equal(0, coverage.Exit);
        var report = coverage.Json.GetProperty("connections").GetProperty(Stage.Name);
        Assert.Equal(2, report.GetProperty("leads").GetInt32());
        var facts = report.GetProperty("facts").EnumerateArray().ToDictionary(f => f.GetProperty("fact").GetString()!, f => f.GetProperty("empty").GetInt32());
        Assert.Equal((1, 1, 0), (facts["company.employees"], facts["person.role"], facts["company.industry"]));
        Assert.All(stage.Sandbox.Control.Log(before), entry => Assert.Empty(entry.Effects));
    }

    [Fact]
    public async Task Reads_no_more_leads_than_asked_for()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, [.. Enumerable.Range(0, 7).Select(i => Some.Lead($"lead-{i}"))]);
        var coverage = await stage.CommandAsync("rules", "coverage", "--most", "3");
        Assert.Equal(0, coverage.Exit);
        Assert.Contains("the first 3 leads", coverage.Out, StringComparison.Ordinal);
        Assert.Contains("too few", coverage.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_77_for_a_wrong_token()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });
        var config = Path.Combine(stage.DataDirectory, "wrong.json");
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(stage.ConfigFile)).Replace(stage.Account.Token, "pat-wrong", StringComparison.Ordinal));
        var coverage = await stage.CommandWithAsync(config, "rules", "coverage", "--json");
        Assert.Equal(77, coverage.Exit);
        Assert.DoesNotContain("pat-wrong", coverage.Out + coverage.Error, StringComparison.Ordinal);
    }
}
