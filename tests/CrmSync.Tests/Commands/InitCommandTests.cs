using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Commands;

/// <summary><c>init</c>: the questions, what it writes, and what it refuses.</summary>
public sealed class InitCommandTests : IDisposable
{
    private readonly CommandBench _bench = new();

    private string Rules => _bench.Directory.File("rules.yaml");
    private string Cases => _bench.Directory.File("rules.cases.yaml");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("saas")]
    [InlineData("manufacturing")]
    [InlineData("services")]
    public async Task Writes_rules_that_pass_lint_and_test(string sample)
    {
        Assert.Equal(0, await _bench.RunAsync("init", "--sample", sample, "--yes", "--output", Rules));
        Assert.Empty(RuleFile.Load(Rules).Problems);
        Assert.Equal(0, await _bench.RunAsync("rules", "lint", Rules));
        Assert.Equal(0, await _bench.RunAsync("rules", "test", Rules));
        Assert.Contains($"crmsync rules test {Rules}", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_what_was_answered()
    {
        Assert.Equal(0, await _bench.RunAsync(
            "init", "--sample", "manufacturing", "--mql-from", "crm", "--sql-means", "meeting", "--industries", "Fødevarer; machinery, mejeri", "--countries", "Norge,dk",
            "--employees", "30 to 400", "--output", Rules, "--json"));
        var text = await File.ReadAllTextAsync(Rules);
        Assert.Contains("      value: [food, machinery]\n", text, StringComparison.Ordinal);
        Assert.Contains("      value: [\"NO\", DK]\n", text, StringComparison.Ordinal);
        Assert.Contains("      value: [30, 400]\n", text, StringComparison.Ordinal);
        Assert.Contains("  sql: { met: [meeting], noneNotMet: [need, timeline, budget] }\n", text, StringComparison.Ordinal);
        Assert.Contains("\neffective: 2026-01-05\n", text, StringComparison.Ordinal);
        Assert.Contains("\nsigned: []\n", text, StringComparison.Ordinal);
        Assert.Equal(MqlSource.Crm, RuleFile.Load(Rules).RuleSet!.MqlFrom);
        Assert.Equal("food, machinery", _bench.Json.GetProperty("answers").GetProperty("industries").GetString());
        Assert.Equal((Rules, Cases, 14), (Text("rules"), Text("cases"), _bench.Json.GetProperty("criteria").GetInt32()));
    }

    [Fact]
    public async Task Says_in_full_where_it_wrote_and_whether_that_is_in_force()
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, Rules);
        Assert.Equal(0, await _bench.RunAsync("init", "--yes", "--output", relative));
        Assert.Contains($"Written: {Rules}", _bench.Out, StringComparison.Ordinal);
        Assert.Contains($"once the setting Rules says {Rules}; in force is ", _bench.Out, StringComparison.Ordinal);
        Assert.Contains($"crmsync rules test {Rules}", _bench.Out, StringComparison.Ordinal);

        using var found = new CommandBench("{}");
        var usual = found.Directory.File("sal-rules.yaml");
        Assert.Equal(0, await found.RunAsync("init", "--yes", "--output", usual));
        Assert.Contains("they are in force from its next start on", found.Out, StringComparison.Ordinal);
        Assert.Equal(0, await found.RunAsync("init", "--yes", "--output", usual, "--force"));
        Assert.Contains("a running worker takes them within seconds", found.Out, StringComparison.Ordinal);

        using var broken = new CommandBench("{");
        Assert.Equal(0, await broken.RunAsync("init", "--yes", "--output", broken.Directory.File("sal-rules.yaml"), "--json"));
        Assert.False(broken.Json.GetProperty("inForce").GetBoolean());
    }

    [Fact]
    public async Task Asks_at_a_terminal_and_again_after_a_wrong_answer()
    {
        using var bench = new CommandBench { Typed = "sas\n3\n\nneed\n\nDanmark, Sverrige\nDanmark, Sverige\n20-\n20-900\n" };
        var rules = bench.Directory.File("r.yaml");
        Assert.Equal(0, await bench.RunAsync("init", "--output", rules));
        Assert.Contains("1 of 6  What do you sell?", bench.Out, StringComparison.Ordinal);
        Assert.Contains("'sas' is none of the answers. Write saas, manufacturing or services.", bench.Out, StringComparison.Ordinal);
        Assert.Contains("No country is known by the name 'Sverrige'. Did you mean 'Sverige'?", bench.Out, StringComparison.Ordinal);
        Assert.Contains("[100-20000] > ", bench.Out, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(rules);
        Assert.Contains("name: Services\n", text, StringComparison.Ordinal);
        Assert.Contains("value: [DK, SE]\n", text, StringComparison.Ordinal);
        Assert.Contains("value: [20, 900]\n", text, StringComparison.Ordinal);
        Assert.Contains("sql: { met: [need], noneNotMet: [need, budget, authority] }\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_what_an_option_said_when_the_sample_is_chosen_at_the_terminal()
    {
        using var bench = new CommandBench { Typed = "manufacturing\n\n\n\n\n" };
        var rules = bench.Directory.File("r.yaml");
        Assert.Equal(0, await bench.RunAsync("init", "--countries", "IS", "--output", rules, "--json"));
        Assert.Contains("value: [IS]\n", await File.ReadAllTextAsync(rules), StringComparison.Ordinal);
        Assert.Equal("Manufacturing", bench.Json.GetProperty("name").GetString());
        Assert.DoesNotContain("5 of 6", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_nothing_when_the_answers_end_early()
    {
        using var bench = new CommandBench { Typed = "saas\n" };
        Assert.Equal(64, await bench.RunAsync("init", "--output", bench.Directory.File("r.yaml")));
        Assert.Contains("nothing is written", bench.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.Directory.File("r.yaml")));
    }

    [Fact]
    public async Task Names_the_options_where_nobody_can_be_asked()
    {
        Assert.Equal(64, await _bench.RunAsync("init", "--output", Rules, "--sample", "services", "--countries", "DK", "--json"));
        Assert.Equal(["--mql-from", "--sql-means", "--industries", "--employees"], Settings());
        Assert.False(File.Exists(Rules));
    }

    [Fact]
    public async Task Says_every_wrong_answer_at_once()
    {
        Assert.Equal(64, await _bench.RunAsync("init", "--output", Rules, "--yes", "--sample", "bakery", "--industries", "", "--countries", "Norwegen, Atlantis", "--employees", "90-10", "--json"));
        Assert.Equal(["--sample", "--industries", "--countries", "--employees"], Settings());
    }

    [Theory]
    [InlineData("rules.yaml")]
    [InlineData("rules.cases.yaml")]
    public async Task Overwrites_nothing_without_force(string there)
    {
        await File.WriteAllTextAsync(_bench.Directory.File(there), "mine");
        Assert.Equal(64, await _bench.RunAsync("init", "--yes", "--output", Rules));
        Assert.Contains("--force", _bench.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(_bench.Directory.File(there)));
        Assert.Equal(0, await _bench.RunAsync("init", "--yes", "--output", Rules, "--force"));
        Assert.NotEqual("mine", await File.ReadAllTextAsync(_bench.Directory.File(there)));
    }

    [Fact]
    public async Task Takes_answers_from_a_file_and_options_before_them()
    {
        var answers = _bench.Directory.File("answers.yaml");
        await File.WriteAllTextAsync(answers, "sample: manufacturing\nmqlFrom: rules\nsqlMeans: need\nindustries: [metal]\ncountries: [Tyskland, SE]\nemployees: 5-50\n");
        Assert.Equal(0, await _bench.RunAsync("init", "--answers", answers, "--employees", "7-70", "--output", Rules));
        var text = await File.ReadAllTextAsync(Rules);
        Assert.Contains("value: [DE, SE]\n", text, StringComparison.Ordinal);
        Assert.Contains("value: [7, 70]\n", text, StringComparison.Ordinal);
        Assert.Contains("mqlFrom: rules\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_where_a_file_of_answers_is_wrong()
    {
        var answers = _bench.Directory.File("answers.yaml");
        await File.WriteAllTextAsync(answers, "sample: saas\ncontries: DK\n");
        Assert.Equal(78, await _bench.RunAsync("init", "--answers", answers, "--output", Rules));
        Assert.Contains($"{answers}:2:1: A file of answers has no key 'contries'.\n  repair: Did you mean 'countries'?", _bench.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(answers, "sample: saas\ncountries: [DK, Narnia]\n");
        Assert.Equal(78, await _bench.RunAsync("init", "--answers", answers, "--output", Rules, "--yes"));
        Assert.Equal(64, await _bench.RunAsync("init", "--answers", answers, "--output", Rules, "--yes", "--sample", "bakery"));
        Assert.Contains($"{answers}:2:12: No country is known by the name 'Narnia'.", _bench.Error, StringComparison.Ordinal);
        Assert.Equal(64, await _bench.RunAsync("init", "--answers", _bench.Directory.File("nowhere.yaml"), "--output", Rules));
    }

    private string? Text(string name) => _bench.Json.GetProperty(name).GetString();

    private List<string?> Settings() =>
        [.. _bench.Json.GetProperty("error").GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("setting").GetString())];
}
