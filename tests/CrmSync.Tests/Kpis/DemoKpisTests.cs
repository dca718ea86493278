using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands.Demo;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.Kpis;

/// <summary>What <c>demo --once --json</c> prints against the CRM's own log, folded by code that shares nothing with the product.</summary>
public sealed class DemoKpisTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_demo_prints_the_figures_of_the_log_of_its_CRM()
    {
        var directory = Directory.CreateTempSubdirectory("crmsync-demo-kpis-").FullName;
        try
        {
            var options = new DemoOptions
            {
                Leads = 12, Seed = 6, Crms = ["hubspot"], Start = Start, Webhooks = false, DataDirectory = directory, RulesFile = SettingsReader.RulesPath("sal-rules.yaml"),
            };
            var world = new CommandWorld(TextWriter.Null, TextWriter.Null, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot());
            await using var run = await DemoRun.StartAsync(options, world, new CollectedLogs(), TestContext.Current.CancellationToken);
            Assert.True(await run.PlayAsync(_ => { }, TestContext.Current.CancellationToken));
            var printed = JsonSerializer.SerializeToElement((await DemoSummary.OfAsync(run, options, TestContext.Current.CancellationToken)).ToDocument(), JsonSerializerOptions.Web).GetProperty("kpis");
            Same(printed, new SeenEpisodes(HistoryOf(run, directory), printed.GetProperty("cutOff").GetDateTimeOffset()));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Same(JsonElement printed, SeenEpisodes seen)
    {
        // Of what marketing's wishes had a hand in the log alone cannot tell for sure; with this seed it tells the same.
        List<SeenEpisode> all = [.. seen.Sure, .. seen.Unsure];
        List<SeenEpisode> mqls = [.. all.Where(e => e is { IsMql: true, IsSalesGenerated: false })], sals = [.. all.Where(e => e.AcceptedAt is not null)];
        var days = sals.Select(e => e.DaysToWon).OfType<decimal>().Order().ToList();
        Assert.True(mqls.Count >= 5 && days.Count >= 1, $"{mqls.Count} MQLs and {days.Count} sales are too few to prove anything.");

        Assert.Equal((mqls.Count(e => e.AcceptedAt is not null), mqls.Count), Counts("mql-to-sal.throughput"));
        Assert.Equal((mqls.Count(e => e.AcceptedAt is not null), mqls.Count(e => e.AcceptedAt is not null || e.RejectedAt is not null)), Counts("mql-to-sal.decided"));
        Assert.Equal(sals.Count, Figure("sal-to-customer").GetProperty("n").GetInt32() + Figure("sal-to-customer").GetProperty("open").GetInt32());
        Assert.Equal(days.Count, Figure("sal-to-won.mean").GetProperty("n").GetInt32());
        if (days.Count < 20)
            Assert.Equal(JsonValueKind.Null, Figure("sal-to-won.mean").GetProperty("value").ValueKind);
        else
            Assert.Equal(Math.Round(days.Average(), 2, MidpointRounding.AwayFromZero), Figure("sal-to-won.mean").GetProperty("value").GetDecimal());

        (int, int) Counts(string id) => (Figure(id).GetProperty("numerator").GetInt32(), Figure(id).GetProperty("n").GetInt32());

        JsonElement Figure(string id) => printed.GetProperty("figures").EnumerateArray()
            .Single(figure => figure.GetProperty("id").GetString() == id && figure.GetProperty("by").ValueKind == JsonValueKind.Null);
    }

    private static RunHistory HistoryOf(DemoRun run, string directory)
    {
        var control = run.Sandbox.Host.Control;
        return new()
        {
            Facts = ProgramFacts.Of(run.Sandbox.AccountOf("hubspot"), control, Start, Start),
            Log = LogReader.Log(control.Log().Select(entry => JsonSerializer.Serialize(entry, JsonSerializerOptions.Web))),
            Leads = LogReader.State(JsonSerializer.Serialize(control.State("hubspot"), JsonSerializerOptions.Web)),
            Store = StoreReader.Read(directory, "hubspot"),
            Webhooks = [],
        };
    }
}
