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

    public IEnumerable<(string Kind, Engagement Engagement)> Read(HubSpotObject contact)
    {
        if (contact.Properties?.ContainsKey(HubSpotPropertyNames.FormName) != true)
            yield break;
        var known = Submissions(contact);
        var total = HubSpotValues.Number(contact["num_conversion_events"]);
        var complete = CompleteSince(contact, known, total);
        var kinds = mappings.Select(m => m.Kind).Where(k => !Kinds.Contains(k)).Distinct().Concat(Kinds);
        foreach (var kind in kinds)
        {
            var acts = known.Where(s => HubSpotFormKinds.Of(s.Name, mappings) == kind).Select(s => new EngagementAct(s.At, 1, s.Name)).ToList();
            yield return (kind, new()
            {
                Acts = acts,
                Total = complete == DateTimeOffset.MinValue ? acts.Count : null,
                LastAt = acts.Count > 0 ? acts[^1].At : null,
                CompleteSince = complete,
            });
        }
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

    private static List<Submission> Submissions(HubSpotObject contact)
    {
        var found = new List<Submission>();
        var names = HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormName)).Where(v => v.Version.Value?.Length > 0).ToList();
        foreach (var (version, written) in HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormDate)))
            if (HubSpotStreams.Instant(version.Value) is { } at && NameAt(names, written) is { } name)
                Add(found, new(at, name));
        foreach (var (version, written) in names)
            Add(found, new(written, version.Value!));
        foreach (var (date, name) in FirstAndLatest)
            if (HubSpotStreams.Instant(contact[date]) is { } at && contact[name] is { } text)
                Add(found, new(at, text));
        return [.. found.OrderBy(s => s.At)];
    }

    /// <summary>The same form within a minute is one submission seen twice: by its date, and by when its name was written.</summary>
    private static void Add(List<Submission> found, Submission next)
    {
        if (!found.Any(s => s.Name == next.Name && (s.At - next.At).Duration() <= SameWrite))
            found.Add(next);
    }

    /// <summary>The form whose name was written with the date; else the one whose name stood there: it was submitted again.</summary>
    private static string? NameAt(List<(HubSpotVersion Version, DateTimeOffset At)> names, DateTimeOffset written)
    {
        var near = names.Where(n => (n.At - written).Duration() <= SameWrite).ToList();
        var match = near.Count > 0 ? near.MinBy(n => (n.At - written).Duration()) : names.LastOrDefault(n => n.At <= written);
        return match.Version?.Value;
    }

    private static List<HubSpotVersion> History(HubSpotObject contact, string property) => contact.PropertiesWithHistory?.GetValueOrDefault(property) ?? [];

    private sealed record Submission(DateTimeOffset At, string Name);
}
