using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

/// <summary>A batch answer held against what was asked: found, settled without a record, or passed over in silence.</summary>
internal sealed class HubSpotBatchAnswer
{
    public Dictionary<string, HubSpotObject> Found { get; } = [];
    public Dictionary<string, CrmReading> Settled { get; } = [];
    public List<string> Absent { get; private set; } = [];

    public static HubSpotBatchAnswer Sort(IReadOnlyCollection<string> asked, HubSpotBatch answer)
    {
        var sorted = new HubSpotBatchAnswer();
        var wanted = asked.ToHashSet();
        foreach (var element in answer.Results ?? [])
        {
            if (CrmJson.TryRead<HubSpotObject>(element) is { Id: { Length: > 0 } id, Properties: not null } record)
                sorted.AddRecord(wanted, id, record);
            else if (IdOf(element) is { } unreadable && wanted.Contains(unreadable))
                sorted.Settled[unreadable] = new(unreadable, CrmReadingKind.Unreadable, Reason: "The record is not of the shape HubSpot documents.");
        }
        foreach (var id in (answer.Errors ?? []).Where(e => e.Category == "OBJECT_NOT_FOUND").SelectMany(HubSpotErrors.IdsOf).Where(wanted.Contains))
            sorted.Settled.TryAdd(id, new(id, CrmReadingKind.Gone));
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

    private static string? IdOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) ? CrmJson.Text(id) : null;
}
