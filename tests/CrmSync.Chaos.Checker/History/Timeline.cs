namespace CrmSync.Chaos.Checker.History;

/// <summary>A change, and the line of the log that tells of it.</summary>
public sealed record Effect(LogLine Line, Change Change)
{
    /// <summary>Made through the API: by the product.</summary>
    public bool IsOurs => Change.Actor.StartsWith("api:", StringComparison.Ordinal);

    public long N => Line.N;

    public bool Is(string field) => Change.Field == field;

    /// <summary>Enough to find the place.</summary>
    public override string ToString() => $"line {Line.N} at {Line.At:O}: {Change.Record} {Change.Id} {Change.Field} '{Change.Before}' > '{Change.After}' by {Change.Actor}";
}

/// <summary>The log by lead: what changed, what was read, and when a record ended.</summary>
public sealed class Timeline
{
    private readonly ILookup<string, Effect> _byLead;
    private readonly Dictionary<string, List<long>> _reads = [];
    private readonly Dictionary<long, DateTimeOffset> _times = [];

    public Timeline(RunHistory history)
    {
        All = [.. history.Log.SelectMany(line => line.Effects.Select(change => new Effect(line, change)))];
        People = [.. All.Where(e => e.Change.Record == CrmFields.People)];
        _byLead = People.ToLookup(e => e.Change.Id);
        foreach (var line in history.Log.Where(line => IsSeen(line, history.Facts)))
        {
            _times[line.N] = line.At;
            // A lead and the contact that it became are one, and may both be in one answer.
            foreach (var id in line.Reads.Distinct())
                (_reads.TryGetValue(id, out var reads) ? reads : _reads[id] = []).Add(line.N);
        }
        Last = history.Log.Select(line => line.At).DefaultIfEmpty(DateTimeOffset.MaxValue).Max();
    }

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<Effect> All { get; }

    /// <summary>Those on the records of people.</summary>
    public IReadOnlyList<Effect> People { get; }

    /// <summary>The last instant of the log.</summary>
    public DateTimeOffset Last { get; }

    public IEnumerable<string> Leads => _byLead.Select(lead => lead.Key);

    public IEnumerable<Effect> Of(string leadId) => _byLead[leadId];

    /// <summary>The number of the last line before another in which we saw the lead; null: never.</summary>
    public long? LastReadBefore(string leadId, long line) => _reads.GetValueOrDefault(leadId)?.LastOrDefault(n => n < line) is > 0 and var read ? read : null;

    /// <summary>When that was.</summary>
    public DateTimeOffset? TimeOfLastReadBefore(string leadId, long line) => LastReadBefore(leadId, line) is { } read ? _times[read] : null;

    /// <summary>How often a lead was shown between two lines.</summary>
    public int ReadsBetween(string leadId, long from, long until) => _reads.GetValueOrDefault(leadId)?.Count(n => n > from && n < until) ?? 0;

    /// <summary>In how many passes a lead was shown between two lines: what is read within a second is one.</summary>
    public int PassesBetween(string leadId, long from, long until)
    {
        var (passes, last) = (0, DateTimeOffset.MinValue);
        foreach (var at in (_reads.GetValueOrDefault(leadId) ?? []).Where(n => n > from && n < until).Select(n => _times[n]))
            (passes, last) = (at - last < TimeSpan.FromSeconds(1) ? passes : passes + 1, at);
        return passes;
    }

    public bool IsReadAfter(string leadId, long line) => _reads.GetValueOrDefault(leadId) is { } reads && reads[^1] > line;

    /// <summary>When the record was archived, erased or merged away for good; null: it is there.</summary>
    public Effect? EndOf(string leadId)
    {
        var last = _byLead[leadId].LastOrDefault(e => CrmFields.Ends.Contains(e.Change.Field));
        return last?.Change.After is null or "false" ? null : last;
    }

    /// <summary>The stage, or another field, as it stood behind a line.</summary>
    public string? ValueAfter(string leadId, string field, long line) => _byLead[leadId].LastOrDefault(e => e.Is(field) && e.N <= line)?.Change.After;

    // What was lost on its way, or was old when it came, was not seen.
    private static bool IsSeen(LogLine line, RunFacts facts) =>
        line is { Kind: "request", Reply: "sent", Status: >= 200 and < 300 } && line.Fault != "stale" && line.Identity == facts.OurIdentity;
}
