using CrmSync.Adapters;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

public abstract partial class SyncStoreContract
{
    [Fact]
    public async Task Queues_activities_with_the_pass_that_asks_for_them()
    {
        await AskForAsync(OfferTask("a"));
        var row = Assert.Single(await ActivitiesAsync());
        Assert.Equivalent(OfferTask("a"), row.Activity, strict: true);
        Assert.Equal(("key-a", 0, T0, T0), (row.LeadKey, row.Tries, row.CreatedAt, row.NotBefore));
        Assert.Equal(T0, await Store.NextActivityAsync(Main, Stop));
    }

    [Fact]
    public async Task Queues_activities_with_the_end_of_an_intent()
    {
        var intent = await DecideAsync("a", "t1");
        Assert.Empty(await ActivitiesAsync());
        await SettleAsync(new(Settled(intent, IntentState.Applied)) { Activities = [OfferTask("a")] });
        Assert.Equal("task/key-a/1", Assert.Single(await ActivitiesAsync()).Activity.Key);
    }

    [Fact]
    public async Task Keeps_the_activities_of_an_intent()
    {
        var intent = Some.Intent("t1", "a") with { Body = Some.Intent("t1", "a").Body with { Activities = [OfferTask("a")] } };
        await RecordAsync(Some.Pass(new("a", 0, 0), Some.Lead("a")) with { Intents = [intent] });
        Assert.Equivalent(intent, Assert.Single(await OpenAsync(IntentState.Pending)), strict: true);
    }

    [Fact]
    public async Task A_change_of_what_was_not_sent_yet_is_taken_in()
    {
        await AskForAsync(OfferTask("a"));
        await AskForAsync(Change("a") with { Title = "REMINDER", Urgent = true });
        await AskForAsync(Change("a") with { Completed = true });
        var activity = Assert.Single(await ActivitiesAsync()).Activity;
        Assert.Equivalent(OfferTask("a") with { Title = "REMINDER", Urgent = true, Completed = true }, activity, strict: true);
    }

    [Fact]
    public async Task A_change_of_what_was_sent_goes_alone()
    {
        await AskForAsync(OfferTask("a"));
        await SettleAsync(Assert.Single(await ActivitiesAsync()), ActivityState.Sent);
        Assert.Empty(await ActivitiesAsync());
        await AskForAsync(Change("a") with { Completed = true });
        Assert.Equivalent(Change("a") with { Completed = true }, Assert.Single(await ActivitiesAsync()).Activity, strict: true);
    }

    [Fact]
    public async Task A_change_that_came_while_it_was_sent_is_not_settled_with_it()
    {
        await AskForAsync(OfferTask("a"));
        var sending = Assert.Single(await ActivitiesAsync());
        await AskForAsync(Change("a") with { Completed = true });
        await SettleAsync(sending, ActivityState.Sent);
        Assert.True(Assert.Single(await ActivitiesAsync()).Activity.Completed);
    }

    [Fact]
    public async Task Puts_an_activity_off()
    {
        await AskForAsync(OfferTask("a"));
        var row = Assert.Single(await ActivitiesAsync());
        await Store.SettleActivitiesAsync([row with { Tries = 1, NotBefore = T0.AddMinutes(1), Reason = "no answer" }], Stop);
        Assert.Empty(await ActivitiesAsync());
        Assert.Equal(T0.AddMinutes(1), await Store.NextActivityAsync(Main, Stop));
        var again = Assert.Single(await ActivitiesAsync(T0.AddMinutes(1)));
        Assert.Equal((1, "no answer"), (again.Tries, again.Reason));
    }

    [Fact]
    public async Task Sends_nothing_before_what_an_earlier_run_did_has_settled()
    {
        await AskForAsync(OfferTask("a"));
        await Store.SuspectOpenIntentsAsync(Main, T0.AddMinutes(2), Stop);
        Assert.Equal(T0.AddMinutes(2), await Store.NextActivityAsync(Main, Stop));
    }

    [Fact]
    public async Task Tells_which_activities_are_still_to_be_sent()
    {
        await AskForAsync(OfferTask("a"));
        await AskForAsync(OfferTask("b"));
        await SettleAsync((await ActivitiesAsync()).Single(r => r.LeadKey == "key-b"), ActivityState.Refused);
        Assert.Equal(["task/key-a/1"], await Store.OpenActivitiesAsync(Main, ["task/key-a/1", "task/key-b/1", "task/key-c/1"], Stop));
    }

    [Fact]
    public async Task Keeps_activities_over_a_restart()
    {
        await AskForAsync(OfferTask("a"));
        await RestartAsync();
        Assert.Single(await ActivitiesAsync());
    }

    private Task AskForAsync(LeadActivity activity) =>
        RecordAsync(Some.Pass(new(activity.LeadId, 0, 0), Some.Lead(activity.LeadId)) with { Activities = [activity] });

    private Task<IReadOnlyList<ActivityRow>> ActivitiesAsync(DateTimeOffset? at = null) => Store.ActivitiesAsync(Main, Many, at ?? T0, Stop);

    private Task SettleAsync(ActivityRow row, ActivityState state) => Store.SettleActivitiesAsync([row with { State = state, SettledAt = T0 }], Stop);

    private static LeadActivity OfferTask(string lead) => Change(lead) with
    {
        Title = "Answer lead: Zoë", Body = "Read\nand answer.", DueAt = T0.AddDays(1), OwnerId = "510001", Completed = false, Urgent = false, ChangesOnly = false,
    };

    private static LeadActivity Change(string lead) => new() { Key = $"task/key-{lead}/1", LeadId = lead, Kind = ActivityKind.Task, ChangesOnly = true };
}
