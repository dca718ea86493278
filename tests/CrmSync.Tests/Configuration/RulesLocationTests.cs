using CrmSync.Tests.Commands;
using CrmSync.Tests.Rules;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.Configuration;

/// <summary>Which rule file is in force, and that it is told.</summary>
public sealed class RulesLocationTests : IDisposable
{
    private const string Usual = "sal-rules.yaml";
    private readonly ScratchDirectory _settings = new();
    private readonly ScratchDirectory _data = new();

    public void Dispose()
    {
        _settings.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData("mine.yaml")]
    [InlineData("rules/mine.yaml")]
    [InlineData("../mine.yaml")]
    public void A_relative_name_counts_from_the_file_that_names_it(string name) =>
        Assert.Equal(Path.GetFullPath(name, _settings.Name), Of($$"""{"Rules":"{{name}}"}"""));

    [Fact]
    public void A_name_from_the_command_line_counts_from_the_working_folder() => Assert.Equal(Path.GetFullPath("mine.yaml"), Of("""{"Rules":"file.yaml"}""", "mine.yaml"));

    [Fact]
    public void Another_name_than_the_usual_one_is_that_file_and_no_other()
    {
        File.WriteAllText(_data.File("mine.yaml"), "");
        Assert.Equal(_settings.File("mine.yaml"), Of("""{"Rules":"mine.yaml"}"""));
        Assert.Equal("/nowhere/sal-rules.yaml", Of("""{"Rules":"/nowhere/sal-rules.yaml"}"""));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Rules":"sal-rules.yaml"}""")]
    [InlineData("""{"Rules":""}""")]
    public void The_usual_name_is_looked_for_beside_the_settings_then_with_the_data_then_here_and_beside_the_program(string settings)
    {
        // Somebody may run the tests in a folder with rules.
        Assert.Equal(File.Exists(Path.GetFullPath(Usual)) ? Path.GetFullPath(Usual) : RulesLocation.Shipped, Of(settings));
        File.WriteAllText(_data.File(Usual), "");
        Assert.Equal(_data.File(Usual), Of(settings));
        File.WriteAllText(_settings.File(Usual), "");
        Assert.Equal(_settings.File(Usual), Of(settings));
    }

    [Fact]
    public async Task What_is_in_force_is_told_by_config_print_and_check()
    {
        using var bench = new CommandBench("""{"Rules":"rules/mine.yaml"}""");
        var mine = Directory.CreateDirectory(bench.Directory.File("rules")).FullName + "/mine.yaml";
        await File.WriteAllTextAsync(mine, RuleSamples.ShippedText.Replace("\nname: Standard", "\nname: Ours", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(0, await bench.RunAsync("config", "print"));
        Assert.Contains($"Rules = {mine}   (settings.json)", bench.Out, StringComparison.Ordinal);
        Assert.Equal(78, await bench.RunAsync("check"));
        Assert.Contains($"rules: {mine}, Ours v", bench.Out, StringComparison.Ordinal);

        using var scripted = new CommandBench($$"""{"Rules":"{{mine}}"}""");
        Assert.Equal(78, await scripted.RunAsync("check", "--json"));
        Assert.Equal((mine, "Ours"), (scripted.Json.GetProperty("rules").GetProperty("file").GetString(), scripted.Json.GetProperty("rules").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_file_that_is_missing_stops_everything_and_no_other_takes_its_place()
    {
        using var bench = new CommandBench("""{"Rules":"mine.yaml"}""");
        Assert.Equal(78, await bench.RunAsync("check"));
        Assert.Contains($"Rules: There is no rule file at {bench.Directory.File("mine.yaml")}.", bench.Error, StringComparison.Ordinal);
        Assert.Equal(64, await bench.RunAsync("rules", "lint"));
        Assert.Contains($"There is no file at {bench.Directory.File("mine.yaml")}.", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_on_rules_work_on_the_file_in_force()
    {
        using var bench = new CommandBench("{}");
        Assert.Equal(0, await bench.RunAsync("init", "--yes", "--sample", "services", "--output", bench.Directory.File(Usual)));
        foreach (var command in new[] { "lint", "test", "document" })
            Assert.True(await bench.RunAsync("rules", command) == 0, bench.Error);
        Assert.Contains("Services v1: ", bench.Out, StringComparison.Ordinal);
        Assert.Contains(bench.Directory.File("sal-rules.cases.yaml"), bench.Out, StringComparison.Ordinal);
    }

    private string Of(string settings, string? fromLine = null)
    {
        File.WriteAllText(_settings.File("settings.json"), settings);
        return RulesLocation.Of(SettingsReader.Load(_settings.File("settings.json"), _data.Name, fromLine is null ? null : new Dictionary<string, string?> { ["Rules"] = fromLine }));
    }
}
