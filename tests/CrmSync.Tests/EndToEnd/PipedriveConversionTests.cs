using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;

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

    private static LeadSpec Lead(string key) => Some.Lead(key) with { Owner = "rep1", Company = Some.Lead(key).Company! with { Industry = "machinery" } };

    private static Task<Stage> StartAsync(double lag, params (string Name, string Value)[] options) => Stage.StartAsync(
        new()
        {
            Crm = "pipedrive", Webhooks = true, Offers = OfferLimits.None, Pipedrive = new() { Plan = "Ultimate", Seats = 10, ConversionLagSeconds = lag },
            Options = new Dictionary<string, string>(options.Select(o => KeyValuePair.Create(o.Name, o.Value))) { ["Plan"] = "Ultimate", ["Seats"] = "10" },
        },
        Lead("anna"), Lead("bo"));
}
