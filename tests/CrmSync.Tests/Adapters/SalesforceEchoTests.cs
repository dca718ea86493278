using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox;

namespace CrmSync.Tests.Adapters;

/// <summary>How our own write is told from somebody's change when a poll shows the record again.</summary>
public sealed class SalesforceEchoTests : IAsyncLifetime
{
    private CrmStage _stage = null!;
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        var contract = new SalesforceAdapterTests();
        _stage = await CrmStage.StartAsync(contract.Dialect(), new SandboxOptions { Salesforce = contract.Switches });
        _id = _stage.Add(1)[0];
        await _stage.SetUpAsync();
        _stage.Pass(TimeSpan.FromHours(1));
        // What is to happen in one second does so on a busy machine, too: no call here waits on the clock.
        _stage.Patience = TimeSpan.FromSeconds(30);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_poll_tells_of_our_write_as_the_look_after_it_said()
    {
        var before = await LookAsync(ReadDepth.Facts);
        await WriteAsync("m1");
        var after = await LookAsync(ReadDepth.GuardHistory);

        Assert.NotNull(after.Echo);
        Assert.Equal([after.Echo], await DeliveriesAsync());
        Assert.Equal(before.Print, after.Print);
    }

    [Fact]
    public async Task A_change_in_the_same_second_is_none_of_ours()
    {
        await WriteAsync("m1");
        var look = await LookAsync(ReadDepth.GuardHistory);
        _stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["Title"] = "CEO" });
        var changed = await LookAsync(ReadDepth.GuardHistory);

        Assert.Equal(look.ModifiedAt, changed.ModifiedAt);
        Assert.DoesNotContain(look.Echo, await DeliveriesAsync());
        Assert.Null(changed.Echo);
    }

    [Fact]
    public async Task Two_writes_in_one_second_are_two()
    {
        await WriteAsync("m1");
        var first = await LookAsync(ReadDepth.GuardHistory);
        await WriteAsync("m2");

        Assert.Equal(first.ModifiedAt, (await LookAsync(ReadDepth.GuardHistory)).ModifiedAt);
        Assert.DoesNotContain(first.Echo, await DeliveriesAsync());
    }

    [Fact]
    public async Task What_our_own_user_does_beside_us_in_that_second_is_a_change()
    {
        await WriteAsync("m1");
        var look = await LookAsync(ReadDepth.GuardHistory);
        await WriteAsync("m1", LifecycleStage.SalesAccepted); // a flow that runs as our user
        var after = await LookAsync(ReadDepth.GuardHistory);

        Assert.Equal(look.ModifiedAt, after.ModifiedAt);
        Assert.DoesNotContain(look.Echo, await DeliveriesAsync());
    }

    [Fact]
    public async Task Two_changes_of_one_second_are_two_when_the_second_one_surfaces_late()
    {
        _stage.Act("p0", "set-stage", stage: "MarketingQualified");
        _stage.Control.SetSwitch("salesforce", "commitDelaySeconds", 120);
        _stage.Act("p0", "set-stage", stage: "SalesQualified");
        _stage.Pass(TimeSpan.FromSeconds(30));
        var early = await _stage.PollAsync("leads", _stage.Adapter.PositionAt(CrmStage.Start));
        _stage.Pass(TimeSpan.FromMinutes(3));

        Assert.Single((await _stage.PollAsync("leads", early.Position)).Deliveries.Except(early.Deliveries));
    }

    [Fact]
    public async Task What_somebody_changed_before_our_write_shows_in_the_print()
    {
        var judged = await LookAsync(ReadDepth.Facts);
        _stage.Act("p0", "edit", fields: new Dictionary<string, string?> { ["Title"] = "CEO" });
        await WriteAsync("m1");
        var look = await LookAsync(ReadDepth.GuardHistory);

        Assert.NotNull(look.Echo);
        Assert.NotEqual(judged.Print, look.Print);
    }

    private async Task<CrmLead> LookAsync(ReadDepth depth) => (await _stage.ReadAsync([_id], depth))[0].Lead!;

    private async Task WriteAsync(string marker, LifecycleStage stage = LifecycleStage.MarketingQualified)
    {
        var write = new LeadWrite(_id, marker, StageStep.Set, stage, new Dictionary<string, string?> { [HandoverFields.Marker] = marker, [HandoverFields.Fit] = "75" });
        Assert.Equal(WriteOutcome.Applied, (await _stage.WriteAsync([write]))[0].Outcome);
    }

    private async Task<IEnumerable<string>> DeliveriesAsync()
    {
        _stage.Pass(TimeSpan.FromMinutes(10));
        return (await _stage.PollAsync("leads", _stage.Adapter.PositionAt(CrmStage.Start))).Deliveries;
    }
}
