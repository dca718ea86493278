using System.Net.Http.Json;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A rep makes a deal of a lead that was offered; the lead is gone before lists show the deal.</summary>
public sealed class PipedriveConversionTests
{
    [Fact]
    public async Task A_hand_over_lives_on_in_a_deal_that_shows_late_and_ends_with_a_lead_that_was_deleted()
    {
        await using var stage = await StartAsync(lag: 20);
        stage.RaiseHand("anna");
        stage.RaiseHand("bo");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        var offered = (await stage.RecordAsync("anna")).Episode!.Number;

        stage.Act("anna", "convert", "rep1");
        stage.Act("bo", "delete", "rep1");
        await stage.RunForAsync(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(2));
        Assert.Equal((false, false), ((await stage.RecordAsync("anna")).Memory.IsGone, (await stage.RecordAsync("bo")).Memory.IsGone));
        await stage.RunForAsync(TimeSpan.FromMinutes(3));

        var anna = await stage.RecordAsync("anna");
        var deal = stage.Crm("anna").Id;
        Assert.Equal((false, offered), (anna.Memory.IsGone, anna.Episode!.Number));
        Assert.Equal(anna.LeadKey, (await stage.Store.FindAsync(Stage.Name, [deal], default))[deal].LeadKey);
        Assert.True((await stage.RecordAsync("bo")).Memory.IsGone);
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM quarantine"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lead_that_is_long_on_its_way_is_no_poison()
    {
        await using var stage = await StartAsync(lag: 0, ("SettleSeconds", "900"));

        stage.Act("bo", "delete", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(14));
        Assert.False((await stage.RecordAsync("bo")).Memory.IsGone);
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM quarantine"));
        await stage.RunForAsync(TimeSpan.FromMinutes(5));

        Assert.True((await stage.RecordAsync("bo")).Memory.IsGone);
    }

    [Fact]
    public async Task An_offer_goes_on_when_its_deal_is_made_a_lead_again_at_once()
    {
        await using var stage = await StartAsync(lag: 0);
        await OfferAsync(stage);
        stage.Act("anna", "convert", "rep1");
        var (deal, offered) = (stage.Crm("anna").Id, (await stage.RecordAsync("anna")).Episode!.OfferedAt);

        await BackAsync(stage, deal);
        await stage.RunForAsync(TimeSpan.FromMinutes(3));
        var again = (await RecordOfAsync(stage, deal)).Episode!;
        Assert.Equal((HandoverState.AwaitingDecision, offered), (again.State, again.OfferedAt));
        stage.Act("anna", "accept", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(3));

        var anna = await RecordOfAsync(stage, deal);
        Assert.Equal((HandoverState.Accepted, EpisodeOutcome.Open, false), (anna.Episode!.State, anna.Episode.Outcome, anna.Memory.IsGone));
        Assert.Equal("Accepted", Again(stage, deal).Fields[HandoverFields.Handover]);
        await stage.InvariantsHoldAsync();
    }

    /// <summary>The deal came to nothing; who made a lead of it again may be offered it once more, with a rest and a history.</summary>
    [Fact]
    public async Task What_sales_accepted_ends_with_the_lead_that_its_deal_is_made_again()
    {
        await using var stage = await StartAsync(lag: 0);
        await OfferAsync(stage);
        stage.Act("anna", "accept", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        stage.Act("anna", "convert", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(3));
        var deal = stage.Crm("anna").Id;
        var before = (await stage.RecordAsync("anna")).Episode!;

        await BackAsync(stage, deal);
        await stage.RunForAsync(TimeSpan.FromMinutes(5));

        var anna = await RecordOfAsync(stage, deal);
        Assert.Equal((EpisodeOutcome.Open, EpisodeOutcome.Lost, before.DecidedAt), (before.Outcome, anna.Episode!.Outcome, anna.Episode.DecidedAt));
        Assert.False(anna.Memory.IsGone);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lead_that_became_a_deal_costs_nothing_each_night()
    {
        await using var stage = await StartAsync(lag: 0);
        stage.Act("anna", "convert", "rep1");
        stage.Act("bo", "win", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(3));
        await stage.PassAsync(TimeSpan.FromHours(25));
        var (log, deals) = (stage.LogHead, (string[])[stage.Crm("anna").Id, stage.Crm("bo").Id]);

        await stage.PassAsync(TimeSpan.FromHours(25));

        var paths = stage.Requests(log).Select(r => r.Path ?? "").ToList();
        Assert.Contains(paths, p => p.StartsWith("/api/v1/leads/archived", StringComparison.Ordinal));
        Assert.DoesNotContain(paths, p => p.Contains(stage.IdOf("anna"), StringComparison.Ordinal) || p.Contains(stage.IdOf("bo"), StringComparison.Ordinal));
        Assert.DoesNotContain(paths, p => deals.Any(id => p.StartsWith($"/api/v2/deals/{id}", StringComparison.Ordinal)));
        Assert.Equal((false, false), ((await stage.RecordAsync("anna")).Memory.IsGone, (await stage.RecordAsync("bo")).Memory.IsGone));
    }

    /// <summary>No event tells, no activity leads there, and lists show no deal that was put aside.</summary>
    [Fact]
    public async Task A_lead_whose_deal_was_put_aside_before_anybody_looked_is_not_taken_for_deleted()
    {
        await using var stage = await StartAsync(lag: 0, webhooks: false);
        var before = await stage.RecordAsync("bo");

        stage.Act("bo", "win", "rep1");
        var deal = stage.Crm("bo").Id;
        using (var http = new HttpClient())
        {
            http.DefaultRequestHeaders.Add("x-api-token", stage.Account.Token);
            using var answer = await http.PatchAsync(new Uri($"{stage.Account.BaseUrl}/api/v2/deals/{deal}"), JsonContent.Create(new { is_archived = true }));
            answer.EnsureSuccessStatusCode();
        }
        await stage.PassAsync(TimeSpan.FromHours(26));

        var bo = (await stage.Store.FindAsync(Stage.Name, [deal], default))[deal];
        Assert.Equal((before.LeadKey, false), (bo.LeadKey, bo.Memory.IsGone));
    }

    [Fact]
    public async Task What_no_event_tells_of_the_poll_finds()
    {
        await using var stage = await StartAsync(new PipedriveSwitches { ConversionTold = false, ArchivingTold = false }, webhooks: true);
        await OfferAsync(stage);
        var offered = await stage.RecordAsync("anna");

        stage.Act("anna", "convert", "rep1");
        stage.Act("bo", "archive", "rep1");
        await stage.PassAsync(TimeSpan.FromHours(8));

        var deal = stage.Crm("anna").Id;
        var anna = (await stage.Store.FindAsync(Stage.Name, [deal], default))[deal];
        Assert.Equal((offered.LeadKey, offered.Episode!.Number), (anna.LeadKey, anna.Episode!.Number));
        Assert.Equal((false, true), (anna.Memory.IsGone, (await stage.RecordAsync("bo")).Memory.IsGone));
    }

    private static async Task OfferAsync(Stage stage)
    {
        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("Waiting", stage.Field("anna", HandoverFields.Handover));
    }

    private static async Task<LeadRecord> RecordOfAsync(Stage stage, string deal)
    {
        var id = Again(stage, deal).Id;
        return (await stage.Store.FindAsync(Stage.Name, [id], default))[id];
    }

    private static LeadState Again(Stage stage, string deal) => stage.Sandbox.Control.State("pipedrive").Leads.Single(l => l.Fields.GetValueOrDefault("source_deal_id") == deal);

    /// <summary>A person makes a lead of a deal again.</summary>
    private static async Task BackAsync(Stage stage, string deal)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-api-token", stage.Account.Token);
        using var answer = await http.PostAsync(new Uri($"{stage.Account.BaseUrl}/api/v2/deals/{deal}/convert/lead"), null);
        answer.EnsureSuccessStatusCode();
    }

    private static LeadSpec Lead(string key) => Some.Lead(key) with { Owner = "rep1", Company = Some.Lead(key).Company! with { Industry = "machinery" } };

    private static Task<Stage> StartAsync(double lag, params (string Name, string Value)[] options) => StartAsync(lag, true, options);

    private static Task<Stage> StartAsync(double lag, bool webhooks, params (string Name, string Value)[] options) => StartAsync(new PipedriveSwitches { ConversionLagSeconds = lag }, webhooks, options);

    private static Task<Stage> StartAsync(PipedriveSwitches switches, bool webhooks, params (string Name, string Value)[] options) => Stage.StartAsync(
        new()
        {
            Crm = "pipedrive", Webhooks = webhooks, Offers = OfferLimits.None, Pipedrive = switches with { Plan = "Ultimate", Seats = 10 },
            Options = new Dictionary<string, string>(options.Select(o => KeyValuePair.Create(o.Name, o.Value))) { ["Plan"] = "Ultimate", ["Seats"] = "10" },
        },
        Lead("anna"), Lead("bo"));
}
