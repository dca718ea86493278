using CrmSync.Leads.Kpis;
using CrmSync.Tests.Adapters;
using CrmSync.Worker.Reports.History;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Kpis;

/// <summary><c>history import</c> on every CRM's dialect: property history, field history, change log.</summary>
public sealed class HistoryImportTests
{
    [Theory]
    [InlineData("hubspot")]
    [InlineData("salesforce")]
    [InlineData("pipedrive")]
    public async Task The_stages_that_people_set_become_history_and_nothing_is_written(string crm)
    {
        await using var stage = await (crm switch
        {
            "hubspot" => new HubSpotAdapterTests().StartAsync(),
            "salesforce" => new SalesforceAdapterTests().StartAsync(),
            _ => new PipedriveAdapterTests().StartAsync(),
        });
        stage.Add(3);
        await stage.SetUpAsync();
        // Leads of Pipedrive have no history; deals have one.
        for (var i = 0; crm == "pipedrive" && i < 3; i++)
            stage.Act($"p{i}", "convert");
        foreach (var (name, leads) in new[] { ("MarketingQualified", 3), ("SalesAccepted", 2), ("Customer", 1) })
        {
            stage.Pass(TimeSpan.FromDays(3));
            for (var i = 0; i < leads; i++)
                stage.Act($"p{i}", "set-stage", stage: name, person: "rep1");
        }
        stage.Pass(TimeSpan.FromMinutes(5));
        await stage.CheckAsync();
        var (writes, rows) = (stage.Writes.Count, new List<HistoryRow>());
        var import = new HistoryImport(stage.Adapter, (found, _) =>
        {
            rows.AddRange(found);
            return Task.FromResult(found.Count);
        });
        await stage.PumpAsync(RunAsync(import, stage.Time.GetUtcNow()));

        Assert.Equal((3, 2, 1), (Of(HistoryStage.MarketingQualified), Of(HistoryStage.SalesAccepted), Of(HistoryStage.Customer)));
        Assert.Equal((0, 0), (import.Audit.WithoutHistory, import.Audit.Regressed));
        var won = rows.Single(row => row.Stage == HistoryStage.Customer);
        var accepted = rows.Single(row => row.LeadId == won.LeadId && row.Stage == HistoryStage.SalesAccepted);
        Assert.Equal(accepted.At.AddDays(3), won.At, TimeSpan.FromMinutes(2));
        Assert.All(rows.Where(row => row.Stage != HistoryStage.Lead), row => Assert.StartsWith("person:", row.Actor, StringComparison.Ordinal));
        Assert.Equal(writes, stage.Writes.Count);

        int Of(HistoryStage reached) => rows.Count(row => row.Stage == reached);
    }

    [Fact]
    public async Task What_a_lead_was_before_Salesforce_converted_it_belongs_to_the_contact_that_it_became()
    {
        await using var stage = await new SalesforceAdapterTests().StartAsync();
        stage.Add(2);
        await stage.SetUpAsync();
        foreach (var name in new[] { "MarketingQualified", "SalesAccepted" })
        {
            stage.Pass(TimeSpan.FromDays(3));
            stage.Act("p0", "set-stage", stage: name, person: "rep1");
        }
        stage.Pass(TimeSpan.FromDays(1));
        stage.Act("p0", "convert");
        stage.Pass(TimeSpan.FromDays(5));
        stage.Act("p0", "set-stage", stage: "Customer", person: "rep1");
        stage.Pass(TimeSpan.FromMinutes(5));
        await stage.CheckAsync();
        var rows = new List<HistoryRow>();
        var import = new HistoryImport(stage.Adapter, (found, _) =>
        {
            rows.AddRange(found);
            return Task.FromResult(found.Count);
        });
        await stage.PumpAsync(RunAsync(import, stage.Time.GetUtcNow()));

        var told = rows.Where(row => row.Stage != HistoryStage.Lead).OrderBy(row => row.At).ToList();
        Assert.Equal([HistoryStage.MarketingQualified, HistoryStage.SalesAccepted, HistoryStage.Customer], told.Select(row => row.Stage));
        Assert.StartsWith("003", Assert.Single(told.Select(row => row.LeadId).Distinct()), StringComparison.Ordinal);
        Assert.Equal(told[0].At.AddDays(3), told[1].At, TimeSpan.FromMinutes(2));
        // One by one: the lead that was converted is no second one.
        Assert.Equal(2, import.Audit.Leads);
    }

    private static async Task<bool> RunAsync(HistoryImport import, DateTimeOffset now)
    {
        await import.RunAsync(until: null, now, _ => { }, TestContext.Current.CancellationToken);
        return true;
    }
}
