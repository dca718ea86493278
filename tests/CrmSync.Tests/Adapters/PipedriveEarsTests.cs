using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;

namespace CrmSync.Tests.Adapters;

/// <summary>Polls lie far apart while events come, and near each other once a page shows what none told.</summary>
public sealed class PipedriveEarsTests : IDisposable
{
    private static readonly TimeSpan Far = TimeSpan.FromMinutes(30);
    private readonly PipedriveTokenAccount _account = new(PipedriveHarness.With(("Plan", "Lite"), ("RequestsPer2Seconds", "400")) with { PublicUrl = new("https://crmsync.example/webhooks/main") });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _account.Dispose();

    [Fact]
    public async Task A_change_of_which_no_event_came_brings_polls_nearer_and_the_webhooks_into_order_until_one_comes()
    {
        await _account.PollAsync("leads");
        await _account.Adapter.MendWebhooksAsync(Stop);
        Assert.Equal(Far, _account.Adapter.PollPace);

        _account.Stamp = "2026-01-05T07:10:00.000Z";
        _account.Pass(TimeSpan.FromMinutes(30));
        await _account.PollAsync("leads");
        Assert.InRange(_account.Adapter.PollPace, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15));
        Assert.NotEmpty(await _account.CallsOfAsync(() => _account.Adapter.MendWebhooksAsync(Stop)));
        Assert.Empty(await _account.CallsOfAsync(() => _account.Adapter.MendWebhooksAsync(Stop)));

        _account.Tell("person", "12", "null");
        Assert.Equal(Far, _account.Adapter.PollPace);
    }

    [Theory]
    [InlineData("2026-01-05T07:28:00.000Z")] // its event may still be on its way
    [InlineData("2026-01-05T06:50:00.000Z")] // before this process began to listen
    [InlineData("2026-01-05T07:10:00.000Z", true)]
    public async Task A_change_that_may_have_been_told_alarms_nobody(string stamp, bool heardLater = false)
    {
        _account.Stamp = stamp;
        _account.Pass(TimeSpan.FromMinutes(heardLater ? 15 : 0));
        if (heardLater)
            _account.Tell("person", "12", "null");
        _account.Pass(TimeSpan.FromMinutes(heardLater ? 15 : 30));
        await _account.PollAsync("leads");

        Assert.Equal(Far, _account.Adapter.PollPace);
    }
}
