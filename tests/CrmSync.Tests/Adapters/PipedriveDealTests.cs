using CrmSync.Adapters;
using CrmSync.Sandbox;

namespace CrmSync.Tests.Adapters;

/// <summary>A deal that was a lead: what it is itself, and what it brings the lead to.</summary>
public sealed class PipedriveDealTests : IAsyncLifetime
{
    private static readonly PipedriveAdapterTests Contract = new();
    private CrmStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await CrmStage.StartAsync(Contract.Dialect(), new SandboxOptions { Pipedrive = Contract.Switches with { ConversionLagSeconds = 0 } });
        await _stage.SetUpAsync();
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_stage_that_the_deal_shows_is_not_that_of_the_field()
    {
        var id = _stage.Add(1)[0];
        var before = (await _stage.ReadAsync([id], ReadDepth.Guard))[0].Lead!;

        var deal = _stage.Move("p0", "p0")!;

        Assert.False(before.HasStageOfDeal);
        Assert.True((await _stage.ReadAsync([deal], ReadDepth.Guard))[0].Lead!.HasStageOfDeal);
    }

    [Theory]
    [InlineData("win", DealStanding.Won)]
    [InlineData("lose", DealStanding.Lost)]
    public async Task What_came_of_a_deal_that_was_put_aside_is_told(string act, DealStanding stands)
    {
        _stage.Add(1);
        var deal = _stage.Move("p0", "p0")!;
        _stage.Act("p0", act);
        _stage.Act("p0", "archive");

        Assert.Equal(stands, (await _stage.ReadAsync([deal], ReadDepth.Facts))[0].Lead?.OwnDeal?.Stands);
    }

    [Fact]
    public async Task An_open_deal_that_was_put_aside_is_gone()
    {
        _stage.Add(1);
        var deal = _stage.Move("p0", "p0")!;
        _stage.Act("p0", "archive");

        Assert.Equal(CrmReadingKind.Gone, (await _stage.ReadAsync([deal], ReadDepth.Facts))[0].Kind);
    }
}
