using System.Text.Json;
using CrmSync.Tests.Support;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Commands;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Who is told that an old copy of the store came back, and when.</summary>
public sealed class RestoreNoticeTests : IDisposable
{
    private readonly StoreCopy _backup = new();

    public void Dispose() => _backup.Dispose();

    [Fact]
    public async Task Anchors_that_know_more_tell_it_before_the_crm_is_asked()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        _backup.Take(stage.DataDirectory);
        await stage.OfferAsync("anna");
        await AnchorAsync(stage);

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));

        Assert.Single(stage.File.Audit(), row => row.Kind == "Restored");
        Assert.Contains(stage.Logs.Lines, l => l.Text.Contains("as its anchors show", StringComparison.Ordinal));
        Assert.Equal("degraded", (await HealthAsync(stage)).GetProperty("status").GetString());
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("ready", (await HealthAsync(stage)).GetProperty("status").GetString());
        Assert.NotNull((await HealthAsync(stage)).GetProperty("restoredAt").GetString());

        // What is anchored from now on counts again, and the next start finds nothing new.
        await AnchorAsync(stage);
        await stage.RestartAsync();
        Assert.Single(stage.File.Audit(), row => row.Kind == "Restored");
        var verify = await stage.CommandAsync("audit", "verify", "--json");
        Assert.True(verify.Exit == 0, verify.Out);
        var told = new StoredState(true, null, await stage.Store.RestoredAsync(CancellationToken.None));
        Assert.Equal("restored", told.Restore(Stage.Name, stage.Now)?.Code);
        Assert.Null(told.Restore(Stage.Name, stage.Now.AddDays(31)));
    }

    [Fact]
    public async Task A_store_that_is_its_own_is_left_alone()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await AnchorAsync(stage);
        var id = stage.Store.StoreId;

        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(id, stage.Store.StoreId);
        Assert.DoesNotContain(stage.File.Audit(), row => row.Kind == "Restored");
    }

    private static async Task AnchorAsync(Stage stage)
    {
        var (sequence, hash) = await stage.Store.HeadAsync(CancellationToken.None);
        await Anchors.AppendAsync(Path.Combine(stage.DataDirectory, Anchors.FileName), stage.Now, sequence, hash, CancellationToken.None);
    }

    private static async Task<JsonElement> HealthAsync(Stage stage)
    {
        using var client = new HttpClient();
        return JsonDocument.Parse(await client.GetStringAsync(new Uri(stage.AdminAddress, "/health/ready"))).RootElement;
    }
}
