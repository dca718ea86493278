using System.Collections.Concurrent;

namespace CrmSync.Worker.Reports.History;

/// <summary>
/// Makes a sequence on another thread, a little ahead of whoever takes it: where two processors are, two steps run at once. It blocks
/// the thread of a command that does nothing else meanwhile, since all that folds a file is a plain sequence; the worker never comes here.
/// </summary>
internal static class ReadAhead
{
    private const int PerBatch = 512;
    private const int MostBatches = 16;

    /// <summary>The same items in the same order; what fails there fails here.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> source)
    {
        using var stop = new CancellationTokenSource();
        using var batches = new BlockingCollection<List<T>>(MostBatches);
        var making = Task.Run(() => Make(source, batches, stop.Token), CancellationToken.None);
        try
        {
            foreach (var batch in batches.GetConsumingEnumerable(CancellationToken.None))
                foreach (var item in batch)
                    yield return item;
            making.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            // Whether it failed was told above; here nobody asks any more.
            Task.WaitAny([making], CancellationToken.None);
        }
    }

    private static void Make<T>(IEnumerable<T> source, BlockingCollection<List<T>> batches, CancellationToken stop)
    {
        try
        {
            var batch = new List<T>(PerBatch);
            foreach (var item in source)
            {
                batch.Add(item);
                if (batch.Count < PerBatch)
                    continue;
                batches.Add(batch, stop);
                batch = new(PerBatch);
            }
            batches.Add(batch, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody takes the rest.
        }
        finally
        {
            batches.CompleteAdding();
        }
    }
}
