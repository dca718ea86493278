using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

/// <summary>A CRM in trouble is not beaten while it lies: how many requests are made for each one that helps.</summary>
public sealed class FailureHourTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => ["hubspot", "salesforce", "pipedrive"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_CRM_that_is_away_for_a_third_of_an_hour_is_not_stormed(string crm)
    {
        var (all, useful) = await HourAsync(crm, async (rig, minute) =>
        {
            // Three times six minutes of the sixty.
            if (minute % 20 == 2)
                rig.Control.AddFault(Broken(rig));
            if (minute % 20 == 8)
                rig.Control.ClearFaults();
            await Task.CompletedTask;
        });

        output.Tell($"{crm} away 30 % of the hour: {all} requests, {useful} of use: {(double)all / useful:0.000} a useful one");
        Assert.InRange((double)all / useful, 1, 1.3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_CRM_that_fails_every_third_time_is_asked_again_and_no_more_than_that(string crm)
    {
        var (all, useful) = await HourAsync(crm, async (rig, minute) =>
        {
            if (minute == 0)
                rig.Control.AddFault(Broken(rig) with { Every = 3 });
            await Task.CompletedTask;
        });

        // Two of three requests can be of use: 1.5 is what asking again until it works costs at least.
        output.Tell($"{crm}, every third request fails: {all} requests, {useful} of use: {(double)all / useful:0.000} a useful one, 1.5 at least");
        Assert.InRange((double)all / useful, 1, 1.55);
    }

    private static FaultRequest Broken(Rig rig) => new() { Crm = rig.Setting.Crm.Name, Fault = "status", Status = 503 };

    private static async Task<(int All, int Useful)> HourAsync(string crm, Func<Rig, int, Task> trouble)
    {
        Assert.SkipUnless(RunPlan.IsLong, "A long run: CRMSYNC_CHAOS=1.");
        Assert.SkipUnless(RunPlan.Crm is null || RunPlan.Crm == crm, $"CRMSYNC_CRM={RunPlan.Crm}");
        var draw = new KeyedDraw(1);
        var people = new People(draw, 60, new RigSetting().Start.AddHours(1), TimeSpan.FromHours(1.2));
        await using var rig = await Rig.StartAsync(new() { Crm = CrmsUnderTest.All[crm], PollInterval = TimeSpan.FromMinutes(1) }, people.Leads);
        await rig.GoLiveAsync();
        people.Begin(rig);
        await rig.StepAsync(rig.Setting.Start.AddHours(1.1));
        var head = rig.Log()[^1].N;
        for (var minute = 0; minute < 60; minute++)
        {
            await trouble(rig, minute);
            for (var second = 0; second < 60; second += 10)
            {
                people.Agenda.Do(rig.Now);
                await rig.StepAsync(rig.Now.AddSeconds(10));
                people.Notice();
            }
        }
        var requests = rig.Log(head).Where(l => l.Kind == "request").ToList();
        Assert.Contains(requests, r => r.Fault is not null);
        return (requests.Count, requests.Count(r => r.Fault is null && r.Status is >= 200 and < 300));
    }
}
