namespace CrmSync.Adapters.Pipedrive;

/// <summary>What somebody put into a field by hand, as an event told of it.</summary>
internal sealed record PipedriveEdit(string Code, string? Value, DateTimeOffset? At, string UserId);

/// <summary>
/// Who lately changed the fields that people and we both write. Kept in memory alone: what is lost with it is a name, and never that
/// something was changed. Any thread may call.
/// </summary>
internal sealed class PipedriveEdits
{
    private const int MostLeads = 5_000;
    private const int MostOfLead = 12;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<PipedriveEdit>> _byLead = [];

    public void Add(string lead, IEnumerable<PipedriveEdit> told)
    {
        var edits = told.ToList();
        if (edits.Count == 0)
            return;
        lock (_lock)
        {
            if (_byLead.Count >= MostLeads)
                _byLead.Clear();
            var known = _byLead.TryGetValue(lead, out var list) ? list : _byLead[lead] = [];
            known.AddRange(edits);
            if (known.Count > MostOfLead)
                known.RemoveRange(0, known.Count - MostOfLead);
        }
    }

    /// <summary>The latest edit that put a value there; null where none was told of.</summary>
    public PipedriveEdit? Of(string lead, string code, string? value)
    {
        lock (_lock)
            return _byLead.GetValueOrDefault(lead)?.Where(e => e.Code == code && e.Value == value).MaxBy(e => e.At);
    }
}
