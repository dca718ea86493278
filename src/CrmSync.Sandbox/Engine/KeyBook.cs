namespace CrmSync.Sandbox.Engine;

/// <summary>Which record a scenario's key stands for, for people and for companies.</summary>
internal sealed class KeyBook<TId>
    where TId : notnull
{
    private readonly Dictionary<string, TId> people = new(StringComparer.Ordinal);
    private readonly Dictionary<TId, string> keys = [];
    private readonly Dictionary<string, TId> companies = new(StringComparer.Ordinal);

    public bool IsKnown(string key) => people.ContainsKey(key);

    public string? KeyOf(TId id) => keys.GetValueOrDefault(id);

    public TId? Find(string key) => people.GetValueOrDefault(key);

    public bool TryFind(string key, out TId id) => people.TryGetValue(key, out id!);

    public void Add(string key, TId id) => (people[key], keys[id]) = (id, key);

    public void AddCompany(string key, TId id) => companies[key] = id;

    public bool TryFindCompany(string key, out TId id) => companies.TryGetValue(key, out id!);
}
