using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>A list of records, which HubSpot's own pages call a segment.</summary>
/// <param name="FilterBranch">Who belongs to it, as it was sent; null for a list that is filled by hand.</param>
/// <param name="Members">Who belonged to it when it was made; null where the filters are asked each time.</param>
internal sealed record RecordList(
    long Id, string Name, ObjectType Type, string Processing, JsonObject? FilterBranch, IReadOnlyList<long>? Members, DateTimeOffset CreatedAt);

/// <summary>The lists of one account.</summary>
internal sealed class RecordLists
{
    private readonly List<RecordList> lists = [];
    private long lastId = 10;

    public IReadOnlyList<RecordList> All => lists;

    public long TakeId() => ++lastId;

    public RecordList? Find(long id) => lists.Find(list => list.Id == id);

    public RecordList? Find(ObjectType type, string name) => lists.Find(list => list.Type == type && list.Name == name);

    /// <summary>One name serves one list, whatever type of record the list holds.</summary>
    public bool IsTaken(string name) => lists.Exists(list => list.Name == name);

    public void Add(RecordList list) => lists.Add(list);

    public void Remove(RecordList list) => lists.Remove(list);
}
