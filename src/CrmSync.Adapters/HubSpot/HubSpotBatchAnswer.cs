namespace CrmSync.Adapters.HubSpot;

/// <summary>A batch answer held against what was asked: found, settled without a record, or absent. HubSpot lists
/// absent ids as missing or passes over them in silence; merged ones may be among either.</summary>
internal sealed class HubSpotBatchAnswer
{
    public Dictionary<string, HubSpotObject> Found { get; } = [];
    public Dictionary<string, CrmReading> Settled { get; } = [];
    public List<string> Absent { get; private set; } = [];

    public static HubSpotBatchAnswer Sort(IReadOnlyCollection<string> asked, HubSpotBatch answer)
    {
        var sorted = new HubSpotBatchAnswer();
        var wanted = asked.ToHashSet();
        foreach (var (record, offShape) in HubSpotClient.Results(answer.Results))
        {
            if (record is { Id: { Length: > 0 } id, Properties: not null })
                sorted.AddRecord(wanted, id, record);
            else if ((record?.Id ?? offShape) is { } unreadable && wanted.Contains(unreadable))
                sorted.Settled[unreadable] = new(unreadable, CrmReadingKind.Unreadable, Reason: "The record is not of the shape HubSpot documents.");
        }
        sorted.Absent = [.. wanted.Where(id => !sorted.Found.ContainsKey(id) && !sorted.Settled.ContainsKey(id))];
        return sorted;
    }

    /// <summary>What an id answered when asked alone.</summary>
    public void Add(string id, HubSpotObject? record)
    {
        if (record is null)
            Settled[id] = new(id, CrmReadingKind.Gone);
        else if (record is not { Id: { Length: > 0 } found, Properties: not null })
            Settled[id] = new(id, CrmReadingKind.Unreadable, Reason: "The record has no id or no properties.");
        else if (found != id)
            Settled[id] = new(id, CrmReadingKind.Moved, MovedTo: found);
        else
            AddRecord([id], id, record);
    }

    private void AddRecord(HashSet<string> wanted, string id, HubSpotObject record)
    {
        if (!wanted.Contains(id))
            foreach (var former in HubSpotValues.FormerIds(record).Where(wanted.Contains))
                Settled[former] = new(former, CrmReadingKind.Moved, MovedTo: id);
        else if (record.Archived == true)
            Settled[id] = new(id, CrmReadingKind.Gone);
        else
            Found[id] = record;
    }
}
