using CrmSync.Tests.Commands;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.Configuration;

/// <summary><c>config</c>: what is in force, from which layer, and no secret in it.</summary>
public sealed class ConfigPrintTests
{
    private const string Canary = "canary-77ab01";

    [Fact]
    public async Task Each_layer_goes_before_the_one_below_and_is_named()
    {
        using var bench = new CommandBench("""{"TimeZone":"UTC","SecretsDirectory":"SECRETS","Connections":{"main":{"Crm":"hubspot","Token":"canary-77ab01","ClientId":"file","Language":"da","QuotaShare":0.1}}}""");
        var secrets = Directory.CreateDirectory(bench.Directory.File("secrets")).FullName;
        File.WriteAllText(Path.Combine(secrets, "CRMSYNC__Connections__main__ClientId"), "from-secret\n");
        File.WriteAllText(Path.Combine(secrets, "Connections__main__Token"), Canary + "-2");
        File.WriteAllText(Path.Combine(secrets, "hubspot-token"), "somebody's");

        Assert.True(await bench.RunAsync("config", "print", "--json", "--set", $"SecretsDirectory={secrets}", "--set", "Connections:main:Language=en") == 0, bench.Out);

        var found = bench.Json.GetProperty("settings").EnumerateArray().ToDictionary(
            s => s.GetProperty("name").GetString()!, s => (s.GetProperty("value").GetString(), s.GetProperty("source").GetString()));
        Assert.Equal(("UTC", "settings.json"), found["TimeZone"]);
        Assert.Equal(("from-secret", $"secret file {secrets}/CRMSYNC__Connections__main__ClientId"), found["Connections:main:ClientId"]);
        Assert.Equal(("***", $"secret file {secrets}/Connections__main__Token"), found["Connections:main:Token"]);
        Assert.Equal(("en", "command line"), found["Connections:main:Language"]);
        Assert.Equal(("8081", "default"), found["Admin:Port"]);
        Assert.Equal(("00:01:00", "default"), found["Connections:main:PollInterval"]);
        Assert.Equal(("false", "default"), found["Connections:main:Mapping:ReportFields"]);
        Assert.Equal("command line", found["DataDirectory"].Item2);
        Assert.DoesNotContain(Canary, bench.Out + bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Token")]
    [InlineData("ClientSecret")]
    [InlineData("RefreshToken")]
    [InlineData("TokenFile")]
    [InlineData("Crm")]
    [InlineData("Language")]
    [InlineData("Mode")]
    [InlineData("QuotaShare")]
    [InlineData("BaseUrl")]
    [InlineData("PollInterval")]
    [InlineData("Tokken")]
    [InlineData("WebhookSecrets:0")]
    [InlineData("Notify:Webhook")]
    [InlineData("Notify:Smtp:Password")]
    [InlineData("Pilot:Only")]
    [InlineData("Mapping:StageOnRejected")]
    [InlineData("Mapping:AcceptOn:0")]
    [InlineData("Mapping:Options:ClientSecret")]
    public async Task No_secret_is_shown_wherever_it_was_written(string setting)
    {
        foreach (var form in new[] { "print", "json" })
        {
            using var bench = new CommandBench("""{"Connections":{"main":{"Crm":"hubspot","Token":"t"}}}""");
            var secrets = Directory.CreateDirectory(bench.Directory.File("secrets")).FullName;
            await File.WriteAllTextAsync(Path.Combine(secrets, $"Connections__main__{setting.Replace(":", "__", StringComparison.Ordinal)}"), Canary, TestContext.Current.CancellationToken);
            await bench.RunAsync(["config", "print", .. form == "json" ? ["--json"] : Array.Empty<string>(), "--set", $"SecretsDirectory={secrets}"]);
            Assert.NotEmpty(bench.Out);
            Assert.DoesNotContain(Canary, bench.Out + bench.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Connections:main:Token")]
    [InlineData("connections__main__clientsecret")]
    [InlineData("Connections:main:WebhookSecrets:0")]
    [InlineData("Connections:main:Notify:Smtp:Password")]
    [InlineData("Notify:Webhook")]
    public async Task A_secret_on_the_command_line_is_refused_and_not_repeated(string setting)
    {
        using var bench = new CommandBench("""{"Connections":{"main":{"Crm":"hubspot","Token":"t"}}}""");
        Assert.Equal(64, await bench.RunAsync("config", "print", "--set", $"{setting}={Canary}"));
        Assert.Contains("It is a secret", bench.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, bench.Out + bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_secret_file_is_told()
    {
        using var bench = new CommandBench("""{"Connections":{"main":{"Crm":"hubspot","Token":"t"}}}""");
        var secrets = Directory.CreateDirectory(bench.Directory.File("secrets")).FullName;
        File.WriteAllText(Path.Combine(secrets, "Connections__main__Tokn"), Canary);
        Assert.Equal(78, await bench.RunAsync("config", "print", "--set", $"SecretsDirectory={secrets}"));
        Assert.Contains("Connections:main:Tokn: There is no such setting.", bench.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_printed()
    {
        using var bench = new CommandBench();
        Assert.Equal(0, await bench.BareAsync("config", "schema"));
        Assert.Equal(SettingsSchema.Write(), bench.Out);
    }

    [Fact]
    public async Task Set_wants_a_name_and_a_value()
    {
        using var bench = new CommandBench();
        Assert.Equal(64, await bench.RunAsync("config", "print", "--set", "Rules"));
    }
}
