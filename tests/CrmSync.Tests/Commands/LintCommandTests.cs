using CrmSync.Tests.Rules;
using CrmSync.Tests.Rules.Review;
using CrmSync.Worker.Rules.JsonSchema;

namespace CrmSync.Tests.Commands;

/// <summary>What <c>rules lint</c> and <c>rules schema</c> print and how they exit.</summary>
public sealed class LintCommandTests : IDisposable
{
    private readonly CommandBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Passes_the_shipped_rules_and_says_what_to_sign()
    {
        Assert.Equal(0, await _bench.RunAsync("rules", "lint", "--strict"));
        Assert.Contains($"hash: {RuleSamples.Shipped.AgreementHash} }}", _bench.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(" note: ", _bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_notes_when_asked()
    {
        Assert.Equal(0, await _bench.RunAsync("rules", "lint", "--notes"));
        Assert.Contains("note: 'company.competitor' is unknown on every lead", _bench.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("software, machinery", "software, machinary", 0)]
    [InlineData("software, machinery", "software, machinary", 1, "--strict")]
    [InlineData("value: [20, 1000] }", "value: [20, 1000] }\n    halfLife: 30d", 0)]
    [InlineData("when: { op: inCoolOff }", "when: { all: [{ op: inCoolOff }, { not: { op: inCoolOff } }] }", 1)]
    public async Task Fails_on_errors_and_on_warnings_only_if_strict(string right, string wrong, int exit, params string[] options)
    {
        Assert.Equal(exit, await _bench.RunAsync(["rules", "lint", await WriteAsync(ReviewSamples.Shipped(right, wrong)), .. options]));
        Assert.Matches(@"rules\.yaml:\d+:\d+: (warning|error): ", _bench.Out);
    }

    [Fact]
    public async Task Lists_severities_hash_and_signatures_in_json()
    {
        var text = ReviewSamples.Shipped("software, machinery", "software, machinary");
        Assert.Equal(0, await _bench.RunAsync("rules", "lint", await WriteAsync(text), "--json"));
        var severities = _bench.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("severity").GetString()).ToHashSet();
        Assert.Equal(["note", "warning"], severities.Order());
        Assert.Equal(RuleSamples.Parse(text).AgreementHash, _bench.Json.GetProperty("agreementHash").GetString());
        Assert.Empty(_bench.Json.GetProperty("signed").EnumerateArray());
    }

    [Fact]
    public async Task Prints_the_schema()
    {
        Assert.Equal(0, await _bench.BareAsync("rules", "schema"));
        Assert.Equal(RuleSchema.Write(), _bench.Out);
    }

    private async Task<string> WriteAsync(string text)
    {
        var file = _bench.Directory.File("rules.yaml");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
