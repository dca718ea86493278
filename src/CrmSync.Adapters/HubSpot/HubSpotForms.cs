using System.Collections.Concurrent;
using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Form submissions. HubSpot keeps the first, the latest and their number; with property history nearly all. The kinds
/// share one completeness: a submission that is not known could have been of any kind.
/// </summary>
internal sealed class HubSpotForms(IReadOnlyList<FormMapping> mappings)
{
    private const int MostNames = 1_000;
    private static readonly TimeSpan SameWrite = TimeSpan.FromSeconds(60);
    private static readonly (string Date, string Name)[] FirstAndLatest =
        [("first_conversion_date", "first_conversion_event_name"), (HubSpotPropertyNames.FormDate, HubSpotPropertyNames.FormName)];
    private static readonly string[] Kinds = [EngagementKinds.HandRaise, EngagementKinds.ContentDownload, EngagementKinds.AdForm];

    // An account's leads come by the same few forms: their names are understood once.
    private readonly ConcurrentDictionary<string, string?> _kindsByName = new(StringComparer.Ordinal);
    private readonly string[] _kinds = [.. mappings.Select(m => m.Kind).Where(k => !Kinds.Contains(k)).Distinct(), .. Kinds];

    /// <summary>Every kind that a form can be of: the account's own ones too.</summary>
    public IReadOnlyList<string> AllKinds => _kinds;

    /// <summary>Sets the fact of each kind; <paramref name="slots"/> are those of <see cref="AllKinds"/>, -1 for a kind that is no fact.</summary>
    public void Read(HubSpotObject contact, int[] slots, LeadFacts.Builder facts)
    {
        if (contact.Properties?.ContainsKey(HubSpotPropertyNames.FormName) != true)
            return;
        var known = Submissions(contact);
        var complete = CompleteSince(contact, known, RawValues.Number(contact["num_conversion_events"]));
        for (var i = 0; i < _kinds.Length; i++)
            if (slots[i] >= 0)
                facts.Set(slots[i], FactValue.Of(Of(_kinds[i], known, complete)));
    }

    private static Engagement Of(string kind, List<Submission> known, DateTimeOffset? complete)
    {
        var acts = ActsOf(kind, known);
        if (acts.Length == 0 && complete == DateTimeOffset.MinValue)
            return CountedActs.None;
        return new()
        {
            Acts = acts,
            Total = complete == DateTimeOffset.MinValue ? acts.Length : null,
            LastAt = acts.Length > 0 ? acts[^1].At : null,
            CompleteSince = complete,
        };
    }

    private static EngagementAct[] ActsOf(string kind, List<Submission> known)
    {
        var count = 0;
        foreach (var submission in known)
            count += submission.Kind == kind ? 1 : 0;
        if (count == 0)
            return [];
        var acts = new EngagementAct[count];
        count = 0;
        foreach (var submission in known)
            if (submission.Kind == kind)
                acts[count++] = new(submission.At, 1, submission.Name);
        return acts;
    }

    /// <summary>All are known: for ever. Else from the oldest on that history shows; without history, from the latest on.</summary>
    private static DateTimeOffset? CompleteSince(HubSpotObject contact, List<Submission> known, decimal? total)
    {
        if (known.Count >= (total ?? (known.Count == 0 ? 0 : decimal.MaxValue)))
            return DateTimeOffset.MinValue;
        var oldest = contact.PropertiesWithHistory is null ? null : HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormDate))
            .Select(v => HubSpotStreams.Instant(v.Version.Value)).FirstOrDefault(d => d is not null);
        return oldest ?? HubSpotStreams.Instant(contact[HubSpotPropertyNames.FormDate]);
    }

    private List<Submission> Submissions(HubSpotObject contact)
    {
        List<Submission> found = [];
        if (contact.PropertiesWithHistory is not null)
            AddHistory(found, contact);
        foreach (var (date, name) in FirstAndLatest)
            if (contact[name] is { } text && HubSpotStreams.Instant(contact[date]) is { } at)
                Add(found, at, text);
        return found is [] or [_] || (found is [var first, var second] && first.At <= second.At) ? found : [.. found.OrderBy(s => s.At)];
    }

    private void AddHistory(List<Submission> found, HubSpotObject contact)
    {
        var names = HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormName)).Where(v => v.Version.Value?.Length > 0).ToList();
        foreach (var (version, written) in HubSpotHistory.Sorted(History(contact, HubSpotPropertyNames.FormDate)))
            if (HubSpotStreams.Instant(version.Value) is { } at && NameAt(names, written) is { } name)
                Add(found, at, name);
        // A merge writes the name once more, long after anybody sent the form: only its date tells when that was.
        foreach (var (version, written) in names.Where(n => !HubSpotHistory.IsByMerge(n.Version)))
            Add(found, written, version.Value!);
    }

    /// <summary>The same form within a minute is one submission seen twice: by its date, and by when its name was written.</summary>
    private void Add(List<Submission> found, DateTimeOffset at, string name)
    {
        foreach (var s in found)
            if (s.Name == name && (s.At - at).Duration() <= SameWrite)
                return;
        found.Add(new(at, name, KindOf(name)));
    }

    private string? KindOf(string name)
    {
        if (_kindsByName.TryGetValue(name, out var kind))
            return kind;
        kind = FormKinds.Of(name, mappings);
        if (_kindsByName.Count < MostNames)
            _kindsByName[name] = kind;
        return kind;
    }

    /// <summary>The form whose name was written with the date; else the one whose name stood there: it was submitted again.</summary>
    private static string? NameAt(List<(HubSpotVersion Version, DateTimeOffset At)> names, DateTimeOffset written)
    {
        var near = names.Where(n => (n.At - written).Duration() <= SameWrite).ToList();
        var match = near.Count > 0 ? near.MinBy(n => (n.At - written).Duration()) : names.LastOrDefault(n => n.At <= written);
        return match.Version?.Value;
    }

    private static List<HubSpotVersion> History(HubSpotObject contact, string property) => contact.PropertiesWithHistory?.GetValueOrDefault(property) ?? [];

    private readonly record struct Submission(DateTimeOffset At, string Name, string? Kind);
}
