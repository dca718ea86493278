using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Commands;

/// <summary>What <c>check</c> says of things that a worker would not start with, before anybody starts one.</summary>
public sealed class CheckStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_is_none_is_told()
    {
        using var bench = new CommandBench();
        await File.WriteAllTextAsync(bench.Directory.File(DataDirectory.DatabaseName), new string('x', 5_000), Stop);

        Assert.Equal(65, await bench.RunAsync("check"));
        Assert.Contains("DataDirectory", bench.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_store_yet_nothing_is_wrong_with_it()
    {
        using var bench = new CommandBench();

        await bench.RunAsync("check");

        Assert.DoesNotContain("DataDirectory", bench.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pat\u2013eu1\u2013abc")] // dashes of a text program
    [InlineData("pat-eu1\nabc")]
    public async Task A_token_that_no_header_takes_is_blamed_itself_and_not_shown(string token)
    {
        using var bench = new CommandBench(System.Text.Json.JsonSerializer.Serialize(new { Connections = new { main = new { Crm = "hubspot", Token = token } } }));

        Assert.Equal(78, await bench.RunAsync("check", "--json"));
        Assert.Contains("Connections:main:Token", bench.Json.GetProperty("error").GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("setting").GetString()));
        Assert.DoesNotContain("eu1", bench.Out + bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_settings_are_told_with_their_line()
    {
        using var bench = new CommandBench("{\n  \"Connections\": {\n    \"main\": oops\n");

        Assert.Equal(78, await bench.RunAsync("check"));
        Assert.Contains("LineNumber: 2", bench.Out + bench.Error, StringComparison.Ordinal);
    }
}
