using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// What may have become of a field rather than of a lead. A lead without a value lacks the field altogether, as it does once that is deleted; and an
/// answer whose option was made anew is told by an id that nobody knows yet; one whose field was made anew, under a key that nobody knows. Each
/// lead and each key is doubted once.
/// </summary>
internal sealed class PipedriveDoubts
{
    private const int Most = 20_000;
    private readonly Lock _lock = new();
    private readonly HashSet<(string Lead, bool IsStage)> _settled = [];
    private readonly HashSet<string> _strange = new(StringComparer.Ordinal);

    /// <summary>Whether the fields must be looked at again before these readings are believed.</summary>
    /// <param name="strange">Keys of fields that the records told of, and that were not gone by.</param>
    public bool AreRaisedBy(IReadOnlyList<CrmReading> readings, IReadOnlySet<string> strange)
    {
        lock (_lock)
        {
            // Whose value is back may lose it once more.
            foreach (var reading in readings)
                _settled.ExceptWith(new[] { (reading.LeadId, true), (reading.LeadId, false) }.Except(Of(reading)));
            return !strange.IsSubsetOf(_strange) || readings.SelectMany(Of).Any(doubt => !_settled.Contains(doubt));
        }
    }

    /// <summary>These readings were made with the fields as they now are.</summary>
    public void Settle(IReadOnlyList<CrmReading> readings, IReadOnlySet<string> strange)
    {
        lock (_lock)
        {
            if (_settled.Count >= Most)
                _settled.Clear();
            _settled.UnionWith(readings.SelectMany(Of));
            if (_strange.Count >= Most)
                _strange.Clear();
            _strange.UnionWith(strange);
        }
    }

    private static IEnumerable<(string Lead, bool IsStage)> Of(CrmReading reading)
    {
        if (reading.Lead is not { } lead)
            yield break;
        if (lead.StageValue is null && lead.Fields.ContainsKey(HandoverFields.Marker))
            yield return (reading.LeadId, true);
        if (lead.Fields.GetValueOrDefault(HandoverFields.Decision) is { Length: > 0 } answer && answer.All(char.IsAsciiDigit))
            yield return (reading.LeadId, false);
    }
}
