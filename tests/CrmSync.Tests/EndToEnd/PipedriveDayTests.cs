using System.Text.Json;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>A worker on a Pipedrive account whose day goes wrong: no tokens left, no access, a field that somebody deletes.</summary>
public sealed class PipedriveDayTests
{
    private const string Crm = "pipedrive";

    [Fact]
    public async Task A_purse_that_is_empty_at_noon_parks_the_work_until_it_is_filled_and_alerts_once()
    {
        await using var stage = await StartAsync(Lead("anna"), Lead("bo"), Lead("carl"));
        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        await stage.PassAsync(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero) - stage.Now);
        stage.Sandbox.Control.SetSwitch(Crm, "othersPerHour", 2_600);
        var (log, warned) = (stage.LogHead, stage.Logs.Warnings.Count());

        stage.RaiseHand("bo");
        await stage.RunForAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(10));
        stage.RaiseHand("carl");
        await stage.RunForAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(10));

        Assert.Equal(("Waiting", null, null), (stage.Field("anna", HandoverFields.Handover), stage.Field("bo", HandoverFields.Handover), stage.Field("carl", HandoverFields.Handover)));
        Assert.InRange(await stage.Store.PendingAsync(Stage.Name, default), 2, 8); // an act is told in more words than one
        Assert.Contains("quota is spent", Assert.Single(stage.Logs.Warnings.Skip(warned)), StringComparison.Ordinal);
        Assert.InRange(stage.Requests(log).Count(r => r.Status == 429), 1, 27); // each hour it is tried; the first answers do not say that it is the day's
        Assert.DoesNotContain(stage.Requests(log), r => r.Status == 403);

        await stage.RunForAsync(TimeSpan.FromHours(5.5), TimeSpan.FromMinutes(10));
        Assert.Equal(("Waiting", "Waiting"), (stage.Field("bo", HandoverFields.Handover), stage.Field("carl", HandoverFields.Handover)));
        Assert.All(["anna", "bo", "carl"], key => Assert.Single(stage.Crm(key).Tasks, t => t.Fields["type"] == "task"));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("401")]
    [InlineData("403")]
    public async Task Access_that_was_switched_off_asks_for_a_person_without_a_storm_and_goes_on_when_it_is_back(string status)
    {
        await using var stage = await StartAsync(Lead("anna"));
        stage.Sandbox.Control.SetSwitch(Crm, "apiAccess", status);
        var log = stage.LogHead;

        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        Assert.Contains(status == "403" ? "permission set" : "credentials", stage.Connection.Gate.Attention, StringComparison.Ordinal);
        Assert.InRange(stage.Requests(log).Count, 1, 15);
        Assert.NotEqual(0, await stage.Store.PendingAsync(Stage.Name, default));

        stage.Sandbox.Control.SetSwitch(Crm, "apiAccess", "on");
        await stage.RunForAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));
        Assert.Equal("Waiting", stage.Field("anna", HandoverFields.Handover));
        Assert.Null(stage.Connection.Gate.Attention);
    }

    [Fact]
    public async Task What_reps_decide_stops_no_offer()
    {
        string[] keys = [.. Enumerable.Range(0, 24).Select(i => $"p{i}")];
        await using var stage = await StartAsync([.. keys.Select(Lead)]);
        for (var i = 0; i < keys.Length; i += 2)
        {
            // Ten of our own moves an hour are let through here: each hour there are six, and as many answers.
            foreach (var key in keys[i..(i + 2)])
                stage.RaiseHand(key);
            await stage.RunForAsync(TimeSpan.FromMinutes(1));
            foreach (var key in keys[i..(i + 2)])
                stage.Act(key, "accept", "rep1");
            await stage.RunForAsync(TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(9.5));
        }

        Assert.All(keys, key => Assert.Equal("Accepted", stage.Field(key, HandoverFields.Handover)));
        Assert.DoesNotContain(stage.Logs.Warnings, w => w.Contains("would change stage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_tells_what_the_worker_has_used_of_the_purse_and_what_rests()
    {
        await using var stage = await StartAsync(Lead("anna"));
        stage.Sandbox.Control.SetSwitch(Crm, "othersPerHour", 3_500);
        using var output = new StringWriter();
        var world = new CommandWorld(output, TextWriter.Null, stage.Clock, _ => new CollectedLogs(), services => services.AddPipedrive());

        await stage.Clock.RunAsync(() => CommandRoot.RunAsync(world, ["check", "--json", "--config", stage.ConfigFile, "--data", stage.DataDirectory], default));

        var quota = JsonDocument.Parse(output.ToString()).RootElement.GetProperty("quotas").EnumerateArray().Single(q => q.GetProperty("budget").GetString() == "tokens");
        int Of(string name) => quota.GetProperty(name).GetInt32();
        Assert.Equal((30_000, 18_000), (Of("limit"), Of("share")));
        Assert.Equal("sweeps", Assert.Single(quota.GetProperty("resting").EnumerateArray()).GetString());
        Assert.InRange(Of("used"), 200, 2_000); // set-up and the first reading are the worker's, not this command's
        Assert.Equal((int)Math.Ceiling(Of("used") / 180.0), Of("usedPercent"));
        Assert.InRange(Of("predicted"), Of("used"), 16_000);
        Assert.InRange(Of("left"), 3_000, 5_500);
    }

    private static LeadSpec Lead(string key) => Some.Lead(key) with { Owner = "rep1", Company = Some.Lead(key).Company! with { Industry = "machinery" } };

    private static Task<Stage> StartAsync(params LeadSpec[] leads) => Stage.StartAsync(
        new()
        {
            Crm = Crm, Webhooks = true, Offers = OfferLimits.None, Pipedrive = new() { Plan = "Lite", Seats = 1 },
            Options = new Dictionary<string, string> { ["Plan"] = "Lite", ["Seats"] = "1" },
        },
        leads);
}
