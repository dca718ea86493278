using System.Text.Json;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>A poll that moves on has handed out everything behind it.</summary>
internal sealed class CursorBehind : IInvariant
{
    public string Id => "cursor-behind";

    public string Promise => "A cursor never passes a change that is not in the inbox.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var timeline = new Timeline(history);
        var received = history.Store.Inbox.GroupBy(row => row.LeadId).ToDictionary(rows => rows.Key, rows => rows.Max(row => Instant.Of(row.ReceivedAt)));
        var ours = timeline.All.Where(e => e.IsOurs).ToLookup(e => e.Change.Id);
        foreach (var cursor in history.Store.Cursors)
        {
            if (SeenUpTo(cursor) is not { } seen)
                continue;
            if (FirstPoll(history, cursor.Stream) is not { } first)
                continue;
            // What is older than the first poll is for the sweep, and what is long done has left the inbox.
            var kept = timeline.Last - history.Facts.InboxKept;
            var from = first > kept ? first : kept;
            // What was erased or merged away no search shows: the sweep finds it.
            var ended = timeline.All.Where(e => e.Change.OwnRecord == cursor.Stream && (CrmFields.Ends.Contains(e.Change.Field) || e.Is(CrmFields.Became))).Select(e => e.Change.OwnId).ToHashSet();
            var passed = timeline.All.Where(e => !e.IsOurs && e.Change.OwnRecord == cursor.Stream && IsAsked(e) && !IsReopened(ours, e) && e.Line.At <= seen - history.Facts.Overlap && e.Line.At > from);
            foreach (var newest in passed.GroupBy(e => e.Change.OwnId).Select(changes => changes.Last()))
            {
                if (ended.Contains(newest.Change.OwnId))
                    continue;
                var name = cursor.Stream == history.Facts.LeadStream ? newest.Change.OwnId : $"{cursor.Stream}/{newest.Change.OwnId}";
                if (!received.TryGetValue(name, out var at) || at < Instant.Cut(newest.Line.At))
                    yield return new(Id, $"{cursor.Stream} is read up to {seen:O}, and nothing of {newest.Change.OwnId} came in after {newest}");
            }
        }
    }

    /// <summary>Of tasks the poll asks for those alone that are closed, where the CRM has a list of them that can be asked so.</summary>
    private static bool IsAsked(Effect effect) =>
        effect.Change.OwnRecord != CrmFields.Tasks || (effect.Is(CrmFields.TaskState) && effect.Change.After == CrmFields.Closed);

    /// <summary>We saw that it was closed, by way of its lead, and opened it again before a poll could ask.</summary>
    /// <param name="ours">What we did to tasks, by task: of thousands each is asked about.</param>
    private static bool IsReopened(ILookup<string, Effect> ours, Effect effect) => effect.Change.Record == CrmFields.Tasks
        && ours[effect.Change.Id].Any(e => e.N > effect.N && e.Is(effect.Change.Field) && e.Change.After != effect.Change.After);

    /// <summary>Where a request does not name its stream: what came after the start, before which each stream was asked once.</summary>
    private static DateTimeOffset? FirstPoll(RunHistory history, string stream) => history.Facts.LeadStream != CrmFields.People ? history.Facts.LiveAt : history.Log
        .FirstOrDefault(l => l is { Kind: "request", Status: 200 } && l.Identity == history.Facts.OurIdentity && l.Path?.EndsWith($"/{stream}/search", StringComparison.Ordinal) == true)?.At;

    /// <summary>Null for a cursor that is no place in time.</summary>
    private static DateTimeOffset? SeenUpTo(CursorRow cursor)
    {
        if (cursor.Position is null || !cursor.Position.StartsWith('{'))
            return null;
        var root = JsonDocument.Parse(cursor.Position).RootElement;
        return root.TryGetProperty("seen", out var seen) ? DateTimeOffset.FromUnixTimeMilliseconds(seen.GetInt64()) : null;
    }
}
