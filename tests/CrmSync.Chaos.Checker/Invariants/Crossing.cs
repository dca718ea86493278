using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>An edit of others between our last look at a lead and a write of ours, which could not know of it.</summary>
/// <param name="Read">The line of that look; 0: there was none.</param>
/// <param name="Transition">What our write belongs to.</param>
/// <param name="Rows">The lead's audit.</param>
internal sealed record Crossing(Effect Edit, Effect Write, long Read, string? Transition, List<AuditRow> Rows)
{
    public string Lead => Edit.Change.Id;

    /// <summary>Our write took its place; otherwise it stands beside what we wrote.</summary>
    public bool IsTaken => Write.Line.Effects.Any(c => c.Id == Lead && c.Field == Edit.Change.Field);

    /// <summary>The row by which our write was decided.</summary>
    public AuditRow? Decided => Rows.Find(row => row.Kind == "Decided" && row.TransitionId == Transition);

    /// <summary>The rows behind that.</summary>
    public IEnumerable<AuditRow> Since => Rows.Skip(Rows.FindIndex(row => row.Kind == "Decided" && row.TransitionId == Transition) + 1);
}

/// <summary>All crossings of a run, and what the log tells around one.</summary>
internal sealed class Crossings
{
    /// <summary>Where the lines are that tell what a write took the place of, by the record and its instant.</summary>
    private readonly Dictionary<(string Id, DateTimeOffset Stamp), long> _told = [];

    public Crossings(RunHistory history)
    {
        (Timeline, Stages, Facts) = (new(history), new(history.Facts), history.Facts);
        foreach (var line in history.Log)
            if (line is { Kind: "webhook", Status: >= 200 and < 300, About: { } news })
                _told.TryAdd((news.Id, news.Stamp), line.N);
        var (book, rows) = (new LeadBook(history), history.Store.Audit.ToLookup(row => row.LeadKey));
        All = [.. Timeline.People.Where(e => e.IsOurs && (e.Is(CrmFields.Marker) || e.Is(CrmFields.Stage))).DistinctBy(e => (e.N, e.Change.Id)).SelectMany(write => Of(write, rows[book.KeyOf(write.Change.Id)]))];
    }

    public Timeline Timeline { get; }
    public Stages Stages { get; }
    public RunFacts Facts { get; }
    public IReadOnlyList<Crossing> All { get; }

    /// <summary>No history is kept of the record.</summary>
    public bool IsUndated(Crossing crossing) => Facts.WithoutHistory.Contains(crossing.Edit.Change.OwnRecord);

    /// <summary>An event of the write came through, which tells what it took the place of.</summary>
    public bool IsEventTold(Crossing crossing) => _told.ContainsKey((crossing.Write.Change.OwnId, crossing.Write.Line.At));

    /// <summary>Sales made another record of the lead behind our write.</summary>
    public bool IsConverted(Crossing crossing) => IsConverted(crossing.Lead, crossing.Write.N, long.MaxValue);

    /// <summary>Sales made another record of a lead between two lines.</summary>
    public bool IsConverted(string lead, long from, long until) =>
        Timeline.Of(lead).Any(e => e.N > from && e.N < until && e.Change.Field is CrmFields.Became or CrmFields.Converted);

    /// <summary>From which line on the product can know of it. Of two steps the second must come, or the stage would stay empty.</summary>
    public long KnownFrom(Crossing crossing)
    {
        var last = Timeline.Of(crossing.Lead).LastOrDefault(e => e.IsOurs && e.Is(CrmFields.Marker) && TransitionOf(Timeline, e) == crossing.Transition)?.N ?? crossing.Write.N;
        return Math.Max(last, IsUndated(crossing) ? _told.GetValueOrDefault((crossing.Write.Change.OwnId, crossing.Write.Line.At)) : 0);
    }

    private IEnumerable<Crossing> Of(Effect write, IEnumerable<AuditRow> rows)
    {
        var lead = write.Change.Id;
        var (read, transition, audit) = (Timeline.LastReadBefore(lead, write.N) ?? 0, TransitionOf(Timeline, write), rows.ToList());
        foreach (var field in Asked(write))
        {
            var between = Timeline.Of(lead).Where(e => e.Is(field) && e.N > read && e.N < write.N).ToList();
            // What led back to what we saw is none.
            if (between is [var first, ..] && between[^1] is { IsOurs: false } last && first.Change.Before != last.Change.After)
                yield return new(last, write, read, transition, audit);
        }
    }

    /// <summary>Whatever it writes; and who moves a stage or a hand-over must know the answer, too.</summary>
    private static IEnumerable<string> Asked(Effect write)
    {
        var written = write.Line.Effects.Where(c => c.Id == write.Change.Id).Select(c => c.Field).ToHashSet();
        return new[] { CrmFields.Stage, CrmFields.Answer, CrmFields.Request }.Where(field => written.Contains(field) || (field == CrmFields.Answer && written.Overlaps([CrmFields.Stage, CrmFields.Handover])));
    }

    private static string? TransitionOf(Timeline timeline, Effect ours) => Marker.Parse(timeline.ValueAfter(ours.Change.Id, CrmFields.Marker, ours.N))?.Transition;
}
