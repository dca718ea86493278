using System.Runtime.CompilerServices;
using CrmSync.Adapters;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Commands.Rules;

/// <summary>Reads the facts of the first leads of a CRM's list. Changes nothing; the adapter keeps to its quota.</summary>
internal static class LeadSample
{
    private const int Batch = 100;

    /// <param name="progress">Told how far the reading is, once a thousand leads.</param>
    /// <exception cref="CrmException">The CRM refuses or is away.</exception>
    public static async IAsyncEnumerable<LeadFacts> ReadAsync(
        ICrmAdapter adapter, FactCatalogue catalogue, int most, TextWriter progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (position, read) = ((string?)null, 0);
        do
        {
            var page = await adapter.SweepAsync(position, cancellationToken);
            foreach (var ids in page.LeadIds.Take(most - read).Chunk(Batch))
            {
                var readings = await adapter.ReadAsync(ids, ReadDepth.Facts, catalogue, cancellationToken);
                foreach (var facts in readings.Select(reading => reading.Lead?.Facts).OfType<LeadFacts>())
                    yield return facts;
                read += ids.Length;
                if (read / 1000 > (read - ids.Length) / 1000)
                    await progress.WriteLineAsync($"{adapter.Connection}: {read} leads read");
            }
            position = page.Position;
        }
        while (position is not null && read < most);
    }
}
