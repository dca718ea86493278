using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox;

namespace CrmSync.Tests.Adapters;

/// <summary>An app that a company let in, with the scopes that the connect page names and no more.</summary>
public sealed class PipedriveScopesTests
{
    private static readonly PipedriveAdapterTests Contract = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_the_adapter_does_is_allowed_by_the_scopes_that_it_asks_for()
    {
        await using var stage = await StartAsync();
        await stage.SetUpAsync();
        var id = stage.Add(1)[0];

        Assert.DoesNotContain(await stage.CheckAsync(), p => p.Reach != ProblemReach.Hint);
        var written = await stage.WriteAsync([new(id, "t", StageStep.Keep, null, new Dictionary<string, string?> { [HandoverFields.Marker] = "m" })]);
        var put = await stage.PutAsync(
            new LeadActivity { Key = "task/k/1", LeadId = id, Kind = ActivityKind.Task, Title = "T", Body = "B", Completed = false }, new LeadActivity { Key = "note/n", LeadId = id, Kind = ActivityKind.Note, Body = "B" });
        foreach (var stream in stage.Adapter.Streams)
            await stage.PollAsync(stream, stage.Adapter.PositionAt(CrmStage.Start.AddDays(-1)));
        await stage.PumpAsync(stage.Adapter.LeadsOfAsync("persons", ["1"], Stop));
        Assert.Equal([id], await stage.SweepAsync());
        var deal = stage.Move("p0", "p0")!;

        Assert.Equal((WriteOutcome.Applied, true), (written[0].Outcome, put.All(p => p.Outcome == WriteOutcome.Applied)));
        Assert.All(await stage.ReadAsync([deal], ReadDepth.History), reading => Assert.Equal(CrmReadingKind.Found, reading.Kind));
        Assert.NotEmpty(await stage.PumpAsync(stage.Adapter.UsersAsync(Stop)));
    }

    private static Task<CrmStage> StartAsync() => CrmStage.StartAsync(
        Contract.Dialect() with
        {
            Connection = card => PipedriveAdapterTests.Connection(card) with { Token = null, ClientId = card.ClientId, ClientSecret = new(card.ClientSecret), RefreshToken = new(card.RefreshToken) },
        },
        new SandboxOptions
        {
            Pipedrive = Contract.Switches with { ConversionLagSeconds = 0, Scopes = PipedriveAuthorization.Needed(new() { Name = "main", Crm = "pipedrive" }) },
        });
}
