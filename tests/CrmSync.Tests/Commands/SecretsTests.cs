namespace CrmSync.Tests.Commands;

/// <summary>Secrets in the settings, and every way to fail that a command has: none of its words is one of them.</summary>
public sealed class SecretsTests
{
    private static readonly string[] Canaries = ["pat-canary-a1", "cs-canary-b2", "rt-canary-c3", "wh-canary-d4"];

    private const string Secrets =
        """ "Token":"pat-canary-a1","ClientId":"me","ClientSecret":"cs-canary-b2","RefreshToken":"rt-canary-c3","WebhookSecrets":["wh-canary-d4"] """;

    private const string Unreachable = """ "BaseUrl":"http://127.0.0.1:1/","Mapping":{"Options":{"TrustedHosts":"127.0.0.1"}} """;

    [Theory]
    [InlineData(Unreachable)]
    [InlineData(""" "BaseUrl":"https://evil.example/" """)]
    [InlineData(""" "Tokenn":"pat-canary-a1" """)]
    [InlineData(""" "QuotaShare":"pat-canary-a1" """)]
    [InlineData(""" "PollInterval":"pat-canary-a1" """)]
    [InlineData(""" "Language":"pat-canary-a1" """)]
    [InlineData(""" "BaseUrl":"pat-canary-a1" """)]
    [InlineData(""" "Mapping":"wh-canary-d4" """)]
    [InlineData(""" "Mapping":{"Options":{"PageSize":"cs-canary-b2"}} """)]
    [InlineData(""" "TokenFile":5,"PublicUrl":"x" """)]
    public async Task Stay_secret_however_check_fails(string more)
    {
        foreach (var json in new[] { false, true })
        {
            using var bench = new CommandBench(Settings($"{Secrets},{more}"));
            Assert.NotEqual(0, await bench.RunAsync(json ? ["check", "--json"] : ["check"]));
            AssertSilent(bench);
        }
    }

    [Theory]
    [InlineData("pat-canary-a1\\ninjected: yes")]
    [InlineData("pat-canary-a1\\u0000")]
    [InlineData("pat-canary-a1-æøå")]
    public async Task Stay_secret_when_no_header_can_carry_them(string token)
    {
        using var bench = new CommandBench(Settings($"\"Token\":\"{token}\",{Unreachable}"));
        Assert.NotEqual(0, await bench.RunAsync("check"));
        AssertSilent(bench);
    }

    [Theory]
    [InlineData("""{"Connections":{"main":{"Crm":"hubspot","Token":"pat-canary-a1" """)]
    [InlineData("""{"Connections":{"main":{"Crm":"hubspot","Token":"pat-canary-a1","Token":"cs-canary-b2"}}}""")]
    [InlineData("""{"Connections":{"main":{"Crm":"pat-canary-a1","Token":"pat-canary-a1"}},"Rules":"/nowhere"}""", true)]
    public async Task Stay_secret_when_the_settings_cannot_be_read(string settings, bool crm = false)
    {
        using var bench = new CommandBench(crm ? settings.Replace("\"Crm\":\"pat-canary-a1\"", "\"Crm\":\"fax\"", StringComparison.Ordinal) : settings);
        Assert.Equal(78, await bench.RunAsync("run"));
        AssertSilent(bench);
    }

    [Theory]
    [InlineData("setup")]
    [InlineData("go-live", "main")]
    [InlineData("kpi")]
    [InlineData("quarantine", "replay", "main")]
    public async Task Stay_secret_in_every_other_command_that_fails(params string[] args)
    {
        using var bench = new CommandBench(Settings($"{Secrets},{Unreachable}"));
        Assert.NotEqual(0, await bench.RunAsync(args));
        AssertSilent(bench);
    }

    private static string Settings(string main) => "{\"Connections\":{\"main\":{\"Crm\":\"hubspot\"," + main + "}}}";

    private static void AssertSilent(CommandBench bench)
    {
        Assert.NotEmpty(bench.Out + bench.Error);
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, bench.Out + bench.Error, StringComparison.Ordinal));
    }
}
