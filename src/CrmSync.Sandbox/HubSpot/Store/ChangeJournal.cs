namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>
/// Records in the order of their changes. A poll asks for what changed since an instant; going through a million records for each page would make the sandbox
/// the slow part of every test.
/// </summary>
internal sealed class ChangeJournal
{
    private List<(long Ticks, HubSpotRecord Record)> entries = [];
    private int compactAt = 100_000;
    private bool isOrdered = true;

    public void Add(HubSpotRecord record)
    {
        var ticks = record.State.UpdatedTicks;
        isOrdered &= entries.Count == 0 || entries[^1].Ticks <= ticks;
        entries.Add((ticks, record));
        if (entries.Count > compactAt)
        {
            Compact();
        }
    }

    /// <summary>Every change at or after an instant; a record comes once for each of its changes.</summary>
    public IEnumerable<(long Ticks, HubSpotRecord Record)> Since(long ticks)
    {
        for (var index = isOrdered ? FirstAt(ticks) : 0; index < entries.Count; index++)
        {
            if (entries[index].Ticks >= ticks)
            {
                yield return entries[index];
            }
        }
    }

    private void Compact()
    {
        entries = [.. entries.Where(entry => entry.Record.HasStateOf(entry.Ticks))];
        compactAt = Math.Max(100_000, entries.Count * 2);
    }

    private int FirstAt(long ticks)
    {
        var (low, high) = (0, entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = entries[middle].Ticks < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
