using System.Text.Json.Nodes;
using CrmSync.Tests.Commands;
using CrmSync.Worker.Configuration;
using Json.Schema;

namespace CrmSync.Tests.Configuration;

/// <summary>What is wrong with a settings file is told at once, by full name, with its repair; and the schema is of the same mind.</summary>
public sealed class BrokenSettingsTests
{
    private static readonly Json.Schema.JsonSchema Schema = Json.Schema.JsonSchema.FromText(SettingsSchema.Write());

    public static TheoryData<string, string, bool> Broken => BrokenSettings.All;

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_file_ends_with_78_and_all_its_problems(string file, string settings, bool showsInForm)
    {
        using var bench = new CommandBench(file);
        Assert.Equal(78, await bench.RunAsync("audit", "verify", "--json"));
        var problems = bench.Json.GetProperty("error").GetProperty("problems").EnumerateArray().ToList();
        Assert.Equal(settings, string.Join(", ", problems.Select(p => p.GetProperty("setting").GetString()).Order(StringComparer.Ordinal)));
        Assert.All(problems, p => Assert.True(p.GetProperty("problem").GetString()!.Length > 0 && p.GetProperty("repair").GetString()!.Length > 0, p.ToString()));
        Assert.Equal(showsInForm, !Fits(file));
    }

    [Fact]
    public void There_are_at_least_forty() => Assert.True(BrokenSettings.All.Count >= 40);

    [Theory]
    [InlineData("""{"Conections":{}}""", "Did you mean 'Connections'?")]
    [InlineData("""{"Connections":{"main":{"Crm":"hubspot","Tokn":"x"}}}""", "Did you mean 'Token'?")]
    [InlineData("""{"Connections":{"main":{"Crm":"hubsopt"}}}""", "Did you mean 'hubspot'?")]
    [InlineData("""{"Webhooks":{"Prot":1}}""", "Did you mean 'Port'?")]
    public async Task What_was_meant_is_suggested(string file, string suggestion)
    {
        using var bench = new CommandBench(file);
        Assert.Equal(78, await bench.RunAsync("config", "print"));
        Assert.Contains(suggestion, bench.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"$schema":"./appsettings.schema.json","Webhooks":{"Address":"::","Port":"0"},"Admin":{"Port":0}}""")]
    [InlineData("""{"Connections":{"main":{"Crm":"hubspot","Token":"t","AccountId":123,"QuotaShare":"0.5","Mode":"live","PollInterval":"00:00:05","WebhookSecrets":["a","b"]}}}""")]
    [InlineData("""{"Connections":{"a-b_c":{"Crm":"hubspot","Token":"t","Mapping":{"Stages":{"SalesAccepted":"SAL"},"Facts":{"person.role":"title"},"Values":{"person.role":{"boss":"CEO"}},"Forms":[{"Contains":"demo","Kind":"handRaise"}],"Options":{"Lists":"recipe"},"AcceptOn":["answer"],"ReportFields":true,"StageOnRejected":"Lead"}}}}""")]
    [InlineData("""{"Notify":{"Webhook":"https://hooks.example/x","At":"07:30","Tries":3,"Names":true,"Smtp":{"Host":"m","Port":465,"Tls":"tls","From":"a@example.com","To":["b@example.com"]}}}""")]
    [InlineData("""{"WeeklyReport":{"Folder":"pages","Language":"da","At":"07:00","Smtp":{"Host":"m","Tls":"tls","From":"a@example.com","To":["b@example.com"]}}}""")]
    public async Task What_is_right_is_right_to_both(string file)
    {
        using var bench = new CommandBench(file);
        Assert.True(await bench.RunAsync("config", "print", "--json") == 0, bench.Out);
        Assert.True(Fits(file));
    }

    [Fact]
    public void The_schema_is_the_file_that_is_shipped() =>
        Assert.Equal(SettingsSchema.Write(), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, SettingsSchema.FileName)));

    [Fact]
    public void The_schema_fits_the_settings_that_are_shipped() =>
        Assert.True(Fits(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))));

    private static bool Fits(string file) => Schema.Evaluate(JsonNode.Parse(file), new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid;
}
