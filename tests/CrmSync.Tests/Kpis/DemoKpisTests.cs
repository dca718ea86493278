using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
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
                Leads = 24, Seed = 7, Crms = ["hubspot"], Start = Start, Webhooks = false, DataDirectory = directory, RulesFile = RulesLocation.Shipped,
            };
            var world = new CommandWorld(TextWriter.Null, TextWriter.Null, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot());
            await using var run = await DemoRun.StartAsync(options, world, new CollectedLogs(), TestContext.Current.CancellationToken);
            Assert.True(await run.PlayAsync(_ => { }, TestContext.Current.CancellationToken));
            var printed = JsonSerializer.SerializeToElement((await DemoSummary.OfAsync(run, options, TestContext.Current.CancellationToken)).ToDocument(), JsonSerializerOptions.Web).GetProperty("kpis");
            var history = HistoryOf(run, directory) with { Kpis = printed.GetRawText() };
            var sure = new SeenEpisodes(history, printed.GetProperty("cutOff").GetDateTimeOffset()).Sure;
            Assert.True(sure.Count(e => e.IsMql) >= 5 && sure.Any(e => e.DaysToWon is not null), "There are too few to prove anything.");
            // Where merges and marketing's wishes had a hand in it the log alone cannot tell: between the surest and the most that it can mean.
            Assert.Empty(HistoryChecker.All.Single(promise => promise.Id == "kpis").Check(history).Select(violation => violation.What));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static RunHistory HistoryOf(DemoRun run, string directory)
    {
        var control = run.Sandbox.Host.Control;
        return new()
        {
            Facts = ProgramFacts.Of(ProgramCrm.HubSpot, run.Sandbox.AccountOf("hubspot"), control, Start, Start),
            Log = LogReader.Log(control.Log().Select(entry => JsonSerializer.Serialize(entry, JsonSerializerOptions.Web)), new(CrmDialect.HubSpot)),
            Leads = LogReader.State(JsonSerializer.Serialize(control.State("hubspot"), JsonSerializerOptions.Web), CrmDialect.HubSpot),
            Store = StoreReader.Read(directory, "hubspot"),
            Webhooks = [],
        };
    }
}
