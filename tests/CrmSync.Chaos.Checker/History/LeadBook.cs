namespace CrmSync.Chaos.Checker.History;

/// <summary>Which record is which lead, as the store has it.</summary>
public sealed class LeadBook
{
    private readonly Dictionary<string, string> _keys = [];
    private readonly ILookup<string, string> _ids;
    private readonly Dictionary<string, CrmLead> _records;

    public LeadBook(RunHistory history)
    {
        // The first id of a lead goes before an alias that another lead has taken over.
        var rows = history.Store.Leads.Concat(history.Store.Aliases).Distinct().ToList();
        foreach (var row in rows)
            _keys.TryAdd(row.LeadId, row.LeadKey);
        _ids = rows.ToLookup(row => row.LeadKey, row => row.LeadId);
        _records = history.Leads.ToDictionary(lead => lead.Id);
        Held = history.Store.Quarantine.Select(row => row.LeadId).ToHashSet();
    }

    /// <summary>Ids of the leads in quarantine.</summary>
    public IReadOnlySet<string> Held { get; }

    public string? KeyOf(string leadId) => _keys.GetValueOrDefault(leadId);

    public IEnumerable<string> IdsOf(string leadKey) => _ids[leadKey];

    /// <summary>The records of a lead that are still there.</summary>
    public IEnumerable<CrmLead> RecordsOf(string leadKey) =>
        _ids[leadKey].Select(id => _records.GetValueOrDefault(id)).OfType<CrmLead>().Where(IsThere);

    public bool IsThere(string leadId) => _records.TryGetValue(leadId, out var record) && IsThere(record);

    public static bool IsThere(CrmLead record) => record is { Archived: false, MergedInto: null };
}
