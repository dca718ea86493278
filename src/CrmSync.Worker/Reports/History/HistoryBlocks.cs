using System.Runtime.CompilerServices;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>
/// Reads the stretches of a file on as many processors as there are, and hands out what was read in the order of the file; whoever takes a
/// block gives it back.
/// </summary>
internal static class HistoryBlocks
{
    private const int PerBlock = 16_384;

    /// <param name="first">The stretch with the header, and its rows behind that.</param>
    public static async IAsyncEnumerable<HistoryBlock> OfAsync(
        (HistoryChunk Chunk, CsvReader Rows) first, HistoryChunks further, HistoryRowReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var block in OneByOne(first.Rows, reader, cancellationToken))
            yield return block;
        if (first.Chunk.IsRest)
            yield break;
        var waiting = new Queue<Task<HistoryBlock>>();
        var chunk = await further.NextAsync(cancellationToken);
        for (; chunk is { IsRest: false } whole; chunk = await further.NextAsync(cancellationToken))
        {
            waiting.Enqueue(Task.Run(() => Whole(whole, reader, cancellationToken), CancellationToken.None));
            if (waiting.Count > Environment.ProcessorCount)
                yield return await waiting.Dequeue();
        }
        while (waiting.TryDequeue(out var read))
            yield return await read;
        using var rest = chunk;
        if (rest is null)
            yield break;
        foreach (var block in OneByOne(rest.Open(), reader, cancellationToken))
            yield return block;
    }

    private static HistoryBlock Whole(HistoryChunk chunk, HistoryRowReader reader, CancellationToken cancellationToken)
    {
        using (chunk)
            return chunk.Lines() is { } lines ? reader.Read(lines, cancellationToken) : reader.Read(chunk.Open(), int.MaxValue, cancellationToken);
    }

    private static IEnumerable<HistoryBlock> OneByOne(CsvReader rows, HistoryRowReader reader, CancellationToken cancellationToken)
    {
        HistoryBlock block;
        while (!(block = reader.Read(rows, PerBlock, cancellationToken)).IsEmpty)
            yield return block;
        block.Dispose();
    }
}
