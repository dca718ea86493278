using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Form submissions. HubSpot keeps the first, the latest and their number; with property history nearly all. The kinds
/// share one completeness: a submission that is not known could have been of any kind.
/// </summary>
internal sealed class HubSpotForms(IReadOnlyList<FormMapping> mappings)
{
    private static readonly TimeSpan SameWrite = TimeSpan.FromSeconds(60);
    private static readonly (string Date, string Name)[] FirstAndLatest =
        [("first_conversion_date", "first_conversion_event_name"), (HubSpotPropertyNames.FormDate, HubSpotPropertyNames.FormName)];
    private static readonly string[] Kinds = [EngagementKinds.HandRaise, EngagementKinds.ContentDownload, EngagementKinds.AdForm];
    private readonly string[] _kinds = [.. mappings.Select(m => m.Kind).Where(k => !Kinds.Contains(k)).Distinct(), .. Kinds];

    /// <summary>Every kind that a form can be of: the account's own ones too.</summary>
    public IReadOnlyList<string> AllKinds => _kinds;

    public IEnumerable<(string Kind, Engagement Engagement)> Read(HubSpotObject contact)
    {
        if (contact.Properties?.ContainsKey(HubSpotPropertyNames.FormName) != true)
            yield break;
        var known = Submissions(contact);
        var complete = CompleteSince(contact, known, HubSpotValues.Number(contact["num_conversion_events"]));
        foreach (var kind in _kinds)
            yield return (kind, Of(kind, known, complete));
    }

    private static Engagement Of(string kind, List<Submission> known, DateTimeOffset? complete)
    {
        EngagementAct[] acts = known.Exists(s => s.Kind == kind) ? [.. known.Where(s => s.Kind == kind).Select(s => new EngagementAct(s.At, 1, s.Name))] : [];
        if (acts.Length == 0 && complete == DateTimeOffset.MinValue)
            return HubSpotActs.None;
        return new()
        {
            Acts = acts,
            Total = complete == DateTimeOffset.MinValue ? acts.Length : null,
            LastAt = acts.Length > 0 ? acts[^1].At : null,
            CompleteSince = complete,
        };
    }

    /// <summary>All are known: for ever. Else from the oldest on that history shows; without history, from the latest on.</summary>
    private static DateTimeOffset? CompleteSince(HubSpotObject contact, List<Submission> known, decimal? total)
    {
        if (known.Count >= (total ?? (known.Count == 0 ? 0 : decimal.MaxValue)))
            return DateTimeOffset.MinValue;
        var oldest = HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormDate))
            .Select(v => HubSpotStreams.Instant(v.Version.Value)).FirstOrDefault(d => d is not null);
        return oldest ?? HubSpotStreams.Instant(contact[HubSpotPropertyNames.FormDate]);
    }

    private List<Submission> Submissions(HubSpotObject contact)
    {
        var found = new List<Submission>(FirstAndLatest.Length);
        if (contact.PropertiesWithHistory is not null)
            AddHistory(found, contact);
        foreach (var (date, name) in FirstAndLatest)
            if (contact[name] is { } text && HubSpotStreams.Instant(contact[date]) is { } at)
                Add(found, at, text);
        return found is [] or [_] ? found : [.. found.OrderBy(s => s.At)];
    }

    private void AddHistory(List<Submission> found, HubSpotObject contact)
    {
        var names = HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormName)).Where(v => v.Version.Value?.Length > 0).ToList();
        foreach (var (version, written) in HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormDate)))
            if (HubSpotStreams.Instant(version.Value) is { } at && NameAt(names, written) is { } name)
                Add(found, at, name);
        foreach (var (version, written) in names)
            Add(found, written, version.Value!);
    }

    /// <summary>The same form within a minute is one submission seen twice: by its date, and by when its name was written.</summary>
    private void Add(List<Submission> found, DateTimeOffset at, string name)
    {
        if (!found.Exists(s => s.Name == name && (s.At - at).Duration() <= SameWrite))
            found.Add(new(at, name, HubSpotFormKinds.Of(name, mappings)));
    }

    /// <summary>The form whose name was written with the date; else the one whose name stood there: it was submitted again.</summary>
    private static string? NameAt(List<(HubSpotVersion Version, DateTimeOffset At)> names, DateTimeOffset written)
    {
        var near = names.Where(n => (n.At - written).Duration() <= SameWrite).ToList();
        var match = near.Count > 0 ? near.MinBy(n => (n.At - written).Duration()) : names.LastOrDefault(n => n.At <= written);
        return match.Version?.Value;
    }

    private static List<HubSpotVersion> History(HubSpotObject contact, string property) => contact.PropertiesWithHistory?.GetValueOrDefault(property) ?? [];

    private sealed record Submission(DateTimeOffset At, string Name, string? Kind);
}
