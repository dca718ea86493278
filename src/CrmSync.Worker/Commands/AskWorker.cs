using System.CommandLine;
using System.Text.Json;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;

namespace CrmSync.Worker.Commands;

/// <summary>
/// Hands a change to the worker that holds the data, through the store. Where none runs, the request waits in the store
/// and is carried out at the next start.
/// </summary>
internal static class AskWorker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, string kind, StoreRequestBody body, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await ConnectionArgument.FindAsync(settings, body.Connection, cancellationToken);
        await using var store = await Opening.AskStoreAsync(settings, cancellationToken);
        var answer = await AskAsync(world, store, kind, body, cancellationToken);
        if (parsed.IsJson())
            world.Document(new { request = kind, body.Connection, done = answer is not null, answer });
        else
            world.Out.WriteLine(answer is null ? $"No worker answered; '{kind}' is carried out as soon as one runs." : $"{body.Connection}: {answer}.");
        return (int)ExitCode.Done;
    }

    /// <summary>The worker's answer; null when none came in time.</summary>
    private static async Task<string?> AskAsync(
        CommandWorld world, SqliteStore store, string kind, StoreRequestBody body, CancellationToken cancellationToken)
    {
        var id = await store.AskAsync(kind, JsonSerializer.Serialize(body, JsonSerializerOptions.Web), world.Clock.GetUtcNow(), cancellationToken);
        var until = world.Clock.GetUtcNow() + Patience;
        while (world.Clock.GetUtcNow() < until)
        {
            if (await store.AnswerOfAsync(id, cancellationToken) is { } answer)
                return answer;
            // What was asked for stands in the store: whoever will not wait for the answer takes nothing back.
            await Task.Delay(TimeSpan.FromMilliseconds(200), world.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return null;
        }
        return null;
    }
}
