using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A lead is gone, and lists may show the deal that it became only later.</summary>
public sealed class PipedriveConversionTests
{
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

    private static LeadSpec Lead(string key) => Some.Lead(key) with { Owner = "rep1", Company = Some.Lead(key).Company! with { Industry = "machinery" } };

    private static Task<Stage> StartAsync(double lag, params (string Name, string Value)[] options) => Stage.StartAsync(
        new()
        {
            Crm = "pipedrive", Webhooks = true, Offers = OfferLimits.None, Pipedrive = new() { Plan = "Ultimate", Seats = 10, ConversionLagSeconds = lag },
            Options = new Dictionary<string, string>(options.Select(o => KeyValuePair.Create(o.Name, o.Value))) { ["Plan"] = "Ultimate", ["Seats"] = "10" },
        },
        Lead("anna"), Lead("bo"));
}
