using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Adapters.Salesforce;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Adapters;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Demo;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Tests.EndToEnd;

/// <summary>One rule set serves all CRMs: the same people are judged alike wherever they are kept, and are told the same.</summary>
public sealed class SameWorldTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 7, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("salesforce")]
    [InlineData("pipedrive")]
    public async Task The_same_people_get_the_same_verdict_and_the_same_words(string crm)
    {
        var leads = new DemoPeople(new(11), Now.AddDays(-45)).Make(150).Select(Spec).ToList();

        var hubSpot = await JudgeAsync("hubspot", leads);
        var other = await JudgeAsync(crm, leads);

        Assert.True(hubSpot.Select(j => j.Verdict).Distinct().Count() > 2, "a world in which everybody fares alike shows nothing");
        Assert.Equal(hubSpot.Select(j => (j.Key, j.Verdict)), other.Select(j => (j.Key, j.Verdict)));
        Assert.All(hubSpot.Zip(other), pair => Assert.Equal(pair.First.Words, pair.Second.Words));
    }

    /// <summary>Two of the CRMs tell their changes by webhooks at once, and one is asked for them.</summary>
    [Fact]
    public async Task The_same_people_fare_alike_in_all_CRMs_at_once()
    {
        string[] crms = ["hubspot", "salesforce", "pipedrive"];

        var play = await PlayAsync(crms);

        var first = play.Store.Connections[crms[0]];
        Assert.True(first.Verdicts.Count > 1 && first.States.Count > 1, "a world in which everybody fares alike shows nothing");
        Assert.All(crms, crm => Assert.Equal(Json(first), Json(play.Store.Connections[crm])));
        Assert.All(crms, crm => Assert.Equal(Counts(play, crms[0]), Counts(play, crm)));
        Assert.True(play.Verdict.IsWhole);
    }

    private static async Task<List<Judged>> JudgeAsync(string crm, IReadOnlyList<LeadSpec> leads)
    {
        var clock = new SimulatedClock(Now);
        await using var sandbox = await SandboxHost.StartAsync(new() { Clock = clock, AutoDeliver = false }, Stop);
        var card = sandbox.Control.Reset(new()).Accounts.First(a => a.Crm == crm);
        var services = new ServiceCollection().AddSingleton<IGrantStore>(new MemoryGrants()).AddSingleton<IQuotaLedger>(new MemoryLedger()).AddSingleton<TimeProvider>(clock).AddHubSpot().AddSalesforce().AddPipedrive();
        await using var provider = services.BuildServiceProvider();
        var adapter = provider.GetServices<ICrmProvider>().Single(p => p.Crm == crm)
            .CreateAdapter(new() { Name = "main", Crm = crm, AccountId = card.AccountId, BaseUrl = new(card.BaseUrl), Token = new(card.Token), QuotaShare = 1 });
        var ids = sandbox.Control.AddLeads(new() { Crms = [crm], Leads = leads }).Ids;
        var rules = RuleSource.Open(RulesLocation.Shipped).Source!.Current;
        var readings = await clock.RunAsync(() => adapter.ReadAsync([.. ids.Select(i => i.Id)], ReadDepth.History, rules.Catalogue, Stop));
        return [.. ids.Zip(readings).Select(p => Judge(rules, p.First.Key, p.Second.Lead!.Facts!))];
    }

    private static Judged Judge(RuleSet rules, string key, LeadFacts facts)
    {
        var counted = EngagementWindow.Apply(facts, new Dictionary<string, Worker.Storage.CounterMemory>(), Now).Facts;
        var evaluation = RuleEngine.Evaluate(rules, counted, new(Now));
        string[] words =
        [
            .. new[] { "da", "en" }.SelectMany(language => new[]
            {
                WhyText.Offered(rules, evaluation, counted, Now.AddDays(1), Zone, language),
                WhyText.NotYet(rules, evaluation, Zone, language),
                string.Join("\n", ExplainText.Lines(rules, evaluation, Zone, language)),
            }),
        ];
        return new(key, evaluation.Verdict.ToString(), string.Join("\n\n", words));
    }

    /// <summary>Whether somebody may be mailed is said of everybody: of two CRMs one cannot leave it open.</summary>
    private static LeadSpec Spec(DemoPerson person) => new()
    {
        Key = person.Key,
        Name = person.Name,
        Email = person.Email,
        JobTitle = person.Role,
        Phone = person.Phone,
        Country = person.Country,
        Company = new() { Key = person.CompanyKey, Name = person.Company, Domain = person.CompanyKey, Industry = person.Industry, Employees = person.Employees, Country = person.Country },
        Consent = !person.OptedOut,
        Engagement = [.. person.Acts.Where(a => a.At <= Now).Select(a => new EngagementSpec { Kind = a.Kind, At = a.At, Title = a.Title })],
    };

    private static async Task<DemoSummary> PlayAsync(string[] crms)
    {
        var directory = Directory.CreateTempSubdirectory("crmsync-world-test-").FullName;
        try
        {
            var options = new DemoOptions
            {
                Leads = 24, Seed = 7, Crms = crms, Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero), Webhooks = true,
                DataDirectory = directory, RulesFile = RulesLocation.Shipped,
            };
            var world = new CommandWorld(TextWriter.Null, TextWriter.Null, TimeProvider.System, _ => new CollectedLogs(), services => services.AddHubSpot().AddSalesforce().AddPipedrive());
            await using var run = await DemoRun.StartAsync(options, world, new CollectedLogs(), default);
            Assert.True(await run.PlayAsync(_ => { }, default));
            return await DemoSummary.OfAsync(run, options, default);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static IEnumerable<(string, int?, int, int)> Counts(DemoSummary play, string crm) =>
        play.Kpis.Figures.Where(f => f.By == crm).Select(f => (f.Id, f.Numerator, f.N, f.Open));

    private sealed record Judged(string Key, string Verdict, string Words);
}
