using System.Net;
using System.Text.Json;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What the worker says of itself, over HTTP and by <c>healthcheck</c>.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_worker_that_is_well_says_so()
    {
        await using var stage = await Stage.StartAsync();
        Assert.Equal("ready", (await ReadyAsync(stage, HttpStatusCode.OK)).GetProperty("status").GetString());
        Assert.Equal(0, (await CheckAsync(stage)).Exit);
        Assert.Equal(0, (await CheckAsync(stage, "--live")).Exit);
        var json = await CheckAsync(stage, "--json");
        Assert.True(json.Json.GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public async Task A_store_that_takes_no_write_is_not_ready_and_needs_no_restart()
    {
        await using var stage = await Stage.StartAsync();
        using (var other = new SqliteConnection($"Data Source={Path.Combine(stage.DataDirectory, "crmsync.db")};Pooling=False"))
        {
            other.Open();
            using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
            var health = await ReadyAsync(stage, HttpStatusCode.ServiceUnavailable);
            Assert.Equal("unready", health.GetProperty("status").GetString());
            Assert.NotEmpty(health.GetProperty("store").GetString()!);
            Assert.Equal(1, (await CheckAsync(stage)).Exit);
            Assert.Equal(0, (await CheckAsync(stage, "--live")).Exit);
        }
        Assert.Equal("ready", (await ReadyAsync(stage, HttpStatusCode.OK)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_loop_that_stands_still_calls_for_a_restart()
    {
        await using var stage = await Stage.StartAsync();
        var hearts = stage.Services.GetRequiredService<Heartbeats>();
        hearts.Beat("main");
        hearts.Beat(Heartbeats.Schedule);
        stage.Clock.AdvanceTo(stage.Now + Heartbeats.Longest);
        hearts.Beat(Heartbeats.Schedule);
        Assert.Equal(0, (await CheckAsync(stage, "--live")).Exit);
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(1));
        var still = await CheckAsync(stage, "--live");
        Assert.Equal((1, "standing still: main"), (still.Exit, still.Error.Trim()));
    }

    [Fact]
    public async Task A_rule_file_that_is_broken_is_told_while_the_rules_before_it_are_in_force()
    {
        await using var stage = await Stage.StartAsync();
        await File.AppendAllTextAsync(stage.RulesFile, "\nnonsense: 1\n");
        await stage.PassAsync(TimeSpan.FromMinutes(1));
        var health = await ReadyAsync(stage, HttpStatusCode.OK);
        Assert.Equal(("degraded", 1), (health.GetProperty("status").GetString(), health.GetProperty("ruleErrors").GetInt32()));
    }

    [Fact]
    public async Task Nobody_there_is_not_healthy()
    {
        await using var stage = await Stage.StartAsync();
        var result = await CommandResult.RunAsync("healthcheck", "--config", stage.ConfigFile, "--set", $"Admin:Port={Ports.Free()}");
        Assert.Equal(1, result.Exit);
        Assert.StartsWith("Nobody answers at http://127.0.0.1:", result.Error, StringComparison.Ordinal);
    }

    private static Task<CommandResult> CheckAsync(Stage stage, params string[] more) =>
        CommandResult.RunAsync(["healthcheck", "--config", stage.ConfigFile, "--set", $"Admin:Port={stage.AdminAddress.Port}", .. more]);

    private static async Task<JsonElement> ReadyAsync(Stage stage, HttpStatusCode expected)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(stage.AdminAddress, "/health/ready"));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
