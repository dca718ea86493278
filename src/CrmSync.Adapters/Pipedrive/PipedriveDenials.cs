namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Tells a lead that our user may not change from a user who may change none any more: the first is that lead's trouble, the second
/// everybody's, and to set lead after lead aside for it would leave them there when the right comes back.
/// </summary>
internal sealed class PipedriveDenials
{
    /// <summary>So often the same leads hold the line up before they are believed to be the trouble.</summary>
    private const int MostTimes = 3;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CrmException> _now = [];
    private readonly HashSet<string> _sinceSuccess = [];
    private int _times;

    /// <summary>A write that was forbidden.</summary>
    public void Add(string leadId, CrmException denial)
    {
        lock (_lock)
            _now[leadId] = denial;
    }

    /// <summary>
    /// What Pipedrive said, where it has forbidden every write of more than one lead since the last that got through; null otherwise, and
    /// where it goes on so with the same leads alone.
    /// </summary>
    public CrmException? OfAll(IReadOnlyList<LeadWriteResult> results)
    {
        lock (_lock)
        {
            string[] denied = [.. results.Select(r => r.LeadId).Where(_now.ContainsKey).Distinct()];
            var last = denied.Length > 0 ? _now[denied[^1]] : null;
            foreach (var id in denied)
                _now.Remove(id);
            if (results.Any(r => r.Outcome is WriteOutcome.Applied or WriteOutcome.Unchanged or WriteOutcome.Unknown))
                _sinceSuccess.Clear();
            else
                foreach (var id in denied)
                    _times = _sinceSuccess.Add(id) ? 0 : _times;
            return last is not null && _sinceSuccess.Count > 1 && _times++ < MostTimes ? last : null;
        }
    }
}
