using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Commands as an admin or a script meets them: exit codes, repairs, one JSON document.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-cli-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task An_unknown_option_is_a_usage_error()
    {
        var plain = await CommandResult.RunAsync("run", "--nonsense");
        Assert.Equal((64, ""), (plain.Exit, plain.Out));
        Assert.Contains("--nonsense", plain.Error, StringComparison.Ordinal);

        var json = await CommandResult.RunAsync("run", "--nonsense", "--json");
        Assert.Equal(64, json.Exit);
        AssertError(json, "usage");
    }

    [Fact]
    public async Task Version_is_a_document()
    {
        var version = await CommandResult.RunAsync("version", "--json");

        Assert.Equal(0, version.Exit);
        Assert.Equal("CrmSync", version.Json.GetProperty("product").GetString());
        Assert.NotEmpty(version.Json.GetProperty("version").GetString()!);
    }

    [Fact]
    public async Task Wrong_settings_are_named_all_at_once()
    {
        var config = Config(new { Connections = new { main = new { Crm = "zoho", PollInterval = "00:00:01", Language = "fr" }, other = new { Crm = "hubspot", Toke = "x" } }, TimeZone = "Nowhere" });

        var result = await CommandResult.RunAsync("check", "--json", "--config", config, "--data", _directory);

        Assert.Equal(78, result.Exit);
        AssertError(result, "configuration");
        var settings = result.Json.GetProperty("error").GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("setting").GetString()!).ToList();
        Assert.Contains("Connections:main:Crm", settings);
        Assert.Contains("Connections:main:PollInterval", settings);
        Assert.Contains("Connections:main:Language", settings);
        Assert.Contains("Connections:other:Toke", settings);
        Assert.Contains("TimeZone", settings);
    }

    [Theory]
    [InlineData("no file")]
    [InlineData("no json")]
    public async Task A_settings_file_that_cannot_be_read_is_a_configuration_error(string what)
    {
        var config = Path.Combine(_directory, "broken.json");
        if (what == "no json")
            await File.WriteAllTextAsync(config, "{ not json");

        var result = await CommandResult.RunAsync("check", "--json", "--config", config, "--data", _directory);

        Assert.Equal(78, result.Exit);
        AssertError(result, "configuration");
    }

    [Fact]
    public async Task Check_names_missing_properties_and_a_missing_scope_and_an_unknown_stage_at_once()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false });
        stage.Sandbox.Control.SetSwitch("hubspot", "scopes", new JsonArray("crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.read"));
        var config = StageConfig(stage, stages: new { SalesAccepted = "no_such_stage" });

        var result = await stage.CommandWithAsync(config, "check", "--json");

        Assert.Equal(78, result.Exit);
        Assert.False(result.Json.GetProperty("ok").GetBoolean());
        var problems = result.Json.GetProperty("problems").EnumerateArray().ToList();
        Assert.All(problems, p => Assert.NotEmpty(p.GetProperty("repair").GetString()!));
        var codes = problems.Select(p => p.GetProperty("code").GetString()).ToHashSet();
        Assert.Contains("property-missing", codes);
        Assert.Contains("scope-missing", codes);
        Assert.Contains(problems, p => p.GetProperty("setting").GetString()!.Contains("Stages", StringComparison.Ordinal) && p.GetProperty("code").GetString() == "stage-unknown");
        Assert.Equal(9, problems.Count(p => p.GetProperty("setting").GetString()!.Contains("crmsync_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Check_says_77_for_a_wrong_token_and_nothing_of_its_value()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });

        var result = await stage.CommandWithAsync(StageConfig(stage, token: "pat-eu1-canary-123"), "check", "--json");

        Assert.Equal(77, result.Exit);
        var problem = Assert.Single(result.Json.GetProperty("problems").EnumerateArray());
        Assert.Equal("credentials-refused", problem.GetProperty("code").GetString());
        Assert.DoesNotContain("canary", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_69_for_a_CRM_that_is_away()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });

        var result = await stage.CommandWithAsync(StageConfig(stage, baseUrl: "http://127.0.0.1:9"), "check", "--json");

        Assert.Equal(69, result.Exit);
    }

    [Theory]
    [InlineData("hubspot", "4711")]
    [InlineData("pipedrive", "4711")]
    public async Task Setup_makes_nothing_in_another_account_than_the_pinned_one(string crm, string pinned)
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false, Crm = crm });
        string[] plan = ["setup", "--plan", "--json"];
        var before = await stage.CommandAsync(plan);

        var setup = await stage.CommandAsync("setup", "--json", "--set", $"Connections:main:AccountId={pinned}");

        Assert.Equal((0, 78), (before.Exit, setup.Exit));
        AssertError(setup, "account-differs");
        Assert.Equal(before.Out, (await stage.CommandAsync(plan)).Out);
        Assert.Contains("WouldCreate", before.Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Check_is_content_with_an_account_that_setup_prepared()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Setup = false });

        Assert.Equal(0, (await stage.CommandAsync("setup", "--json")).Exit);
        var check = await stage.CommandAsync("check", "--json");

        Assert.Equal(0, check.Exit);
        Assert.True(check.Json.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_broken_rule_file_stops_the_start_with_line_and_column()
    {
        var rules = Path.Combine(_directory, "rules.yaml");
        await File.WriteAllTextAsync(rules, "schema: 1\nname: Broken\nversion: [\n");
        var config = Config(new { Rules = rules, Connections = new { main = new { Crm = "hubspot", Token = "x" } } });

        var run = await CommandResult.RunAsync("run", "--json", "--config", config, "--data", _directory);

        Assert.Equal(78, run.Exit);
        AssertError(run, "rules");
        Assert.Matches(@"rules\.yaml:\d+:\d+$", run.Json.GetProperty("error").GetProperty("problems")[0].GetProperty("setting").GetString());
        Assert.Equal(78, (await CommandResult.RunAsync("check", "--json", "--config", config, "--data", _directory)).Exit);
    }

    [Fact]
    public async Task A_second_instance_on_the_same_data_ends_with_75_and_names_the_first()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });
        using var held = DataLock.Acquire(stage.DataDirectory);

        var second = await stage.CommandAsync("run", "--json");

        Assert.Equal(75, second.Exit);
        AssertError(second, "store-busy");
        Assert.Contains($"process {Environment.ProcessId}", second.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list:4711", true)]
    [InlineData("owner:4711", true)]
    [InlineData("owner:510015", false)]
    public async Task Check_says_that_what_a_pilot_is_about_is_not_there(string only, bool isWrong)
    {
        await using var stage = await Stage.StartAsync(new() { Live = false });
        var config = StageConfig(stage, pilot: new { Only = only });

        var result = await stage.CommandWithAsync(config, "check", "--json");

        Assert.Equal(isWrong ? 78 : 0, result.Exit);
        var told = result.Json.GetProperty("problems").EnumerateArray().Where(p => p.GetProperty("code").GetString() == "pilot-unknown").ToList();
        Assert.Equal(isWrong ? 1 : 0, told.Count);
        Assert.All(told, p => Assert.Equal($"Connections:{Stage.Name}:Pilot:Only", p.GetProperty("setting").GetString()));
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("meetingBooked", 1)]
    [InlineData("stageMoved", 0)]
    public async Task Check_names_the_acts_that_count_and_that_the_account_does_not_show(string? acceptOn, int told)
    {
        await using var stage = await Stage.StartAsync(new() { Live = false, Rules = rules => rules.Replace("acceptOn: answer", "acceptOn: action", StringComparison.Ordinal) });
        stage.Fault("status", "GET", "*properties*/contacts", every: 1, status: 200, body: """{"results":[{"name":"lifecyclestage","label":"Stage","type":"enumeration","fieldType":"radio","options":[]}]}""");
        var config = StageConfig(stage, acceptOn: acceptOn is null ? [] : [acceptOn]);

        var problems = (await stage.CommandWithAsync(config, "check", "--json")).Json.GetProperty("problems").EnumerateArray();

        var unseen = problems.Where(p => p.GetProperty("code").GetString() == "act-unseen").ToList();
        Assert.Equal(told, unseen.Count);
        Assert.All(unseen, p => Assert.Contains("does not show it: it has no contact property '", p.GetProperty("problem").GetString(), StringComparison.Ordinal));
        Assert.All(unseen, p => Assert.EndsWith(acceptOn is null ? "AcceptOn: [stageMoved]." : "AcceptOn: [answer].", p.GetProperty("repair").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_ends_with_73()
    {
        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "");
        var config = Config(new { Connections = new { main = new { Crm = "hubspot", Token = "x" } } });

        // Beneath a file nobody can make a directory, not even root.
        var run = await CommandResult.RunAsync("run", "--json", "--config", config, "--data", Path.Combine(file, "data"));

        Assert.Equal(73, run.Exit);
        AssertError(run, "store-notwritable");
    }

    [Fact]
    public async Task Nothing_to_run_is_a_configuration_error()
    {
        var run = await CommandResult.RunAsync("run", "--json", "--config", Config(new { }), "--data", _directory);

        Assert.Equal(78, run.Exit);
        AssertError(run, "configuration");
    }

    [Fact]
    public async Task Go_live_plan_explain_and_audit_verify_answer_beside_a_running_worker()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, Some.Lead("anna"));
        await stage.BaselineAsync();

        var plan = await stage.CommandAsync("plan", Stage.Name, "--json");
        Assert.Equal("complete", plan.Json.GetProperty("baseline").GetString());
        Assert.Equal(1, plan.Json.GetProperty("leads").GetInt64());
        var live = await stage.CommandAsync("go-live", Stage.Name, "--json");
        Assert.Equal(0, live.Exit);
        Assert.True(live.Json.GetProperty("done").GetBoolean());
        await stage.PassAsync(TimeSpan.FromMinutes(1));
        await stage.OfferAsync("anna");

        var explain = await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}", "--json");
        Assert.Equal(0, explain.Exit);
        Assert.Equal(JsonValueKind.Object, explain.Json.ValueKind);
        Assert.Equal(0, (await stage.CommandAsync("audit", "verify", "--json")).Exit);
        Assert.Equal(0, (await stage.CommandAsync("kpi", "--json")).Exit);
        Assert.Equal(64, (await stage.CommandAsync("approve", "nobody", "--json")).Exit);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("go-live")]
    public async Task A_connection_that_only_the_data_know_is_named_with_where_connections_come_from(string command)
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, Some.Lead("anna"));
        await stage.BaselineAsync();

        var bare = await stage.CommandWithAsync(Config(new { Rules = stage.RulesFile }), command, Stage.Name);
        Assert.Equal(64, bare.Exit);
        Assert.Contains("They have no connection", bare.Error, StringComparison.Ordinal);
        Assert.Contains("appsettings.json", bare.Error, StringComparison.Ordinal);
        Assert.Contains("CRMSYNC__Connections__", bare.Error, StringComparison.Ordinal);
        Assert.Contains($"The data in {stage.DataDirectory} know 'main': a worker ran with it", bare.Error, StringComparison.Ordinal);

        var other = Config(new { Rules = stage.RulesFile, Connections = new { other = new { Crm = "hubspot", Token = "x" } } });
        Assert.Contains("They have 'other';", (await stage.CommandWithAsync(other, command, Stage.Name)).Error, StringComparison.Ordinal);
        Assert.Contains("know 'main'. Use a name", (await stage.CommandWithAsync(other, command, "nobody")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_nothing_knows_is_a_usage_error_also_where_there_are_no_data()
    {
        var plan = await CommandResult.RunAsync("plan", "main", "--json", "--config", Config(new { }), "--data", _directory);

        Assert.Equal(64, plan.Exit);
        AssertError(plan, "usage");
        Assert.DoesNotContain("The data in", plan.Out, StringComparison.Ordinal);
    }

    private static void AssertError(CommandResult result, string code)
    {
        var error = result.Json.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.All(error.GetProperty("problems").EnumerateArray(), p => Assert.Equal(["setting", "problem", "repair"], p.EnumerateObject().Select(x => x.Name)));
        Assert.NotEqual(0, error.GetProperty("problems").GetArrayLength());
    }

    private string StageConfig(Stage stage, string? token = null, string? baseUrl = null, object? stages = null, object? pilot = null, string[]? acceptOn = null) => Config(new
    {
        Rules = stage.RulesFile,
        Connections = new Dictionary<string, object>
        {
            [Stage.Name] = new { Crm = "hubspot", stage.Account.AccountId, BaseUrl = baseUrl ?? stage.Account.BaseUrl, Token = token ?? stage.Account.Token, Mapping = new { Stages = stages ?? new { }, AcceptOn = acceptOn ?? [] }, Pilot = pilot ?? new { } },
        },
    });

    private string Config(object settings)
    {
        var file = Path.Combine(_directory, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        return file;
    }
}
