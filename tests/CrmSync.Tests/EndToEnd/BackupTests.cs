using CrmSync.Leads.Handover;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>From <c>backup</c> beside a worker, over <c>restore</c>, to a worker that does nothing twice.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task What_was_done_after_the_backup_is_learnt_and_not_done_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        var backup = await CommandResult.RunAsync("backup", "--config", stage.ConfigFile, "--data", stage.DataDirectory, "--json");
        Assert.True(backup.Exit == 0, backup.Out + backup.Error);
        await stage.OfferAsync("anna");
        var storeId = stage.Store.StoreId;

        // The worker that is stopped has closed the store; the next one opens what was put there.
        CommandResult? restore = null;
        await stage.RestartAsync(() => restore = Restore(stage, backup.Json.GetProperty("file").GetString()!));
        Assert.True(restore!.Exit == 0, restore.Out + restore.Error);
        await stage.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(HandoverState.AwaitingDecision, (await stage.RecordAsync("anna")).Episode!.State);
        Assert.Single(stage.MarkersWritten("anna"));
        Assert.Equal(1, stage.ActivitiesMade);
        Assert.Single(stage.File.Audit(), row => row.Kind == "Restored");
        Assert.NotEqual(storeId, stage.Store.StoreId);
    }

    private static CommandResult Restore(Stage stage, string file)
    {
        var restore = CommandResult.RunAsync("restore", file, "--config", stage.ConfigFile, "--data", stage.DataDirectory);
        // Between two workers nothing else runs in this process; the pool has threads to spare.
        ((IAsyncResult)restore).AsyncWaitHandle.WaitOne();
        return restore.IsCompletedSuccessfully ? restore.Result : throw restore.Exception!;
    }
}
