using CrmSync.Tests.Rules;

namespace CrmSync.Tests.Commands;

/// <summary><c>rules document</c>: what it writes where, and how it fails.</summary>
public sealed class DocumentCommandTests : IDisposable
{
    private readonly CommandBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("da", "# Aftale om overdragelse af leads\n")]
    [InlineData("en", "# Lead hand-over agreement\n")]
    public async Task Prints_the_page(string language, string begins)
    {
        Assert.Equal(0, await _bench.RunAsync("rules", "document", Shipped(), "--language", language));
        Assert.StartsWith(begins, _bench.Out, StringComparison.Ordinal);
        Assert.Empty(_bench.Error);
    }

    [Theory]
    [InlineData("a.html", null, "<!doctype html>")]
    [InlineData("a.md", null, "# Aftale")]
    [InlineData("a.txt", "html", "<!doctype html>")]
    public async Task Writes_the_file_in_the_form_that_is_asked(string name, string? format, string begins)
    {
        var output = _bench.Directory.File(name);
        Assert.Equal(0, await _bench.RunAsync(["rules", "document", Shipped(), "--language", "da", "--output", output, .. format is null ? Array.Empty<string>() : ["--format", format]]));
        Assert.StartsWith(begins, await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(output, _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dash_is_standard_output_and_no_file()
    {
        File.Delete("-"); // of a run that failed
        Assert.Equal(0, await _bench.RunAsync("rules", "document", Shipped(), "--language", "en", "--output", "-"));
        Assert.StartsWith("# Lead hand-over agreement\n", _bench.Out, StringComparison.Ordinal);
        Assert.False(File.Exists("-"));
    }

    [Fact]
    public async Task Answers_in_JSON()
    {
        Assert.Equal(0, await _bench.RunAsync("rules", "document", Shipped(), "--json", "--format", "html"));
        Assert.Equal("Standard", _bench.Json.GetProperty("name").GetString());
        Assert.Equal("en", _bench.Json.GetProperty("language").GetString());
        Assert.Equal(RuleSamples.Shipped.AgreementHash, _bench.Json.GetProperty("agreementHash").GetString());
        Assert.StartsWith("<!doctype html>", _bench.Json.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "rules", "document", "/nowhere.yaml")]
    [InlineData(64, "rules", "document", "--language", "fr")]
    [InlineData(64, "rules", "document", "--format", "pdf")]
    public async Task Refuses_a_wrong_call(int exit, params string[] args)
    {
        Assert.Equal(exit, await _bench.RunAsync(args));
        Assert.Empty(_bench.Out);
        Assert.Contains("repair: ", _bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "languages: [en, da]", "languages: [en]", "The rules have no texts in 'da'.")]
    [InlineData(78, "op: between", "op: betwen", "No operator is named 'betwen'.")]
    [InlineData(78, "da: Branche i målgruppen", "de: Zielbranche", "")]
    public async Task Refuses_rules_that_cannot_be_agreed_on(int exit, string shipped, string other, string problem)
    {
        var file = _bench.Directory.File("rules.yaml");
        await File.WriteAllTextAsync(file, RuleSamples.ShippedText.Replace(shipped, other, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(exit, await _bench.RunAsync("rules", "document", file, "--language", "da"));
        Assert.Contains(problem, _bench.Error, StringComparison.Ordinal);
        Assert.Empty(_bench.Out);
    }

    [Fact]
    public async Task Says_that_it_cannot_write()
    {
        Assert.Equal(74, await _bench.RunAsync("rules", "document", Shipped(), "--output", _bench.Directory.File("no/such/folder.html")));
        Assert.Contains("The page cannot be written", _bench.Error, StringComparison.Ordinal);
    }

    private static string Shipped() => Path.Combine(AppContext.BaseDirectory, "sal-rules.yaml");
}
