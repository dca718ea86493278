using CrmSync.Adapters;
using CrmSync.Sandbox;

namespace CrmSync.Tests.Adapters;

/// <summary>A lead is gone at once when it is converted; lists show its deal a little later.</summary>
public sealed class PipedriveLateDealTests : IAsyncLifetime
{
    private static readonly PipedriveAdapterTests Contract = new();
    private CrmStage _stage = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await CrmStage.StartAsync(
        Contract.Dialect() with { Connection = card => PipedriveAdapterTests.Connection(card, ("SettleSeconds", "7200")) },
        new SandboxOptions { Pipedrive = Contract.Switches with { ConversionLagSeconds = 3600 } });

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_lead_whose_deal_does_not_show_yet_is_not_gone()
    {
        var id = _stage.Add(1)[0];
        await _stage.SetUpAsync();
        var deal = _stage.Move("p0", "p0");

        var early = (await _stage.ReadAsync([id], ReadDepth.Facts))[0];
        _stage.Pass(TimeSpan.FromHours(1));
        var late = (await _stage.ReadAsync([id], ReadDepth.Facts))[0];

        Assert.Equal((CrmReadingKind.Unreadable, true), (early.Kind, early.IsPassing));
        Assert.NotEmpty(early.Reason!);
        Assert.Equal((CrmReadingKind.Moved, deal, false), (late.Kind, late.MovedTo, late.IsPassing));
    }

    [Fact]
    public async Task A_lead_of_which_no_deal_tells_is_gone_after_the_settle_time_and_stays_so()
    {
        var ids = _stage.Add(2);
        await _stage.SetUpAsync();
        _stage.Act("p0", "delete");

        var kinds = new List<CrmReadingKind>();
        foreach (var hours in new[] { 0, 1, 2, 0 })
        {
            _stage.Pass(TimeSpan.FromHours(hours));
            var readings = await _stage.ReadAsync(ids, ReadDepth.Guard);
            kinds.Add(readings[0].Kind);
            Assert.Equal(CrmReadingKind.Found, readings[1].Kind);
        }

        Assert.Equal([CrmReadingKind.Unreadable, CrmReadingKind.Unreadable, CrmReadingKind.Gone, CrmReadingKind.Gone], kinds);
    }

    [Fact]
    public async Task Of_many_deals_at_once_the_deleted_and_the_archived_lead_back_to_their_leads_too()
    {
        var ids = _stage.Add(12);
        var deals = ids.Select((_, i) => _stage.Move($"p{i}", $"p{i}")!).ToList();
        _stage.Pass(TimeSpan.FromHours(2));
        _stage.Act("p0", "delete");
        _stage.Act("p1", "archive");

        var leads = await _stage.PumpAsync(_stage.Adapter.LeadsOfAsync("deals", [.. deals, "999999"], Stop));

        Assert.Equal(deals.Order(), leads.Keys.Order());
        Assert.Equal(ids, deals.Select(deal => Assert.Single(leads[deal])));
    }
}
