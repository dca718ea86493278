using CrmSync.Leads.Handover;
using CrmSync.Leads.Texts.Story;

namespace CrmSync.Worker.Reports;

/// <summary>What the latest episode of a lead notes of itself without a step, at its place among the steps.</summary>
internal static class StoryNotes
{
    /// <summary>
    /// By instant. What nobody observed stays behind the one before it; the unobserved end of an episode, behind all that
    /// the episode noted.
    /// </summary>
    public static IEnumerable<StoryEvent> Among(List<StoryEvent> steps, Episode? latest)
    {
        var notes = Of(latest).Select(note => (Event: note, At: note.At!.Value)).ToList();
        var (last, placed) = (DateTimeOffset.MinValue, new List<(StoryEvent Event, DateTimeOffset At)>());
        foreach (var step in steps)
        {
            last = step.At ?? (IsEnd(step) ? notes.Where(note => note.Event.Episode == step.Episode).Select(note => note.At).Append(last).Max() : last);
            placed.Add((step, last));
        }
        return placed.Concat(notes).OrderBy(e => e.At).ThenBy(e => e.Event.At is null && IsEnd(e.Event)).Select(e => e.Event);
    }

    private static bool IsEnd(StoryEvent step) => step.Kind is StoryKind.Withdrawn or StoryKind.Gone or StoryKind.NeverOffered or StoryKind.Merged;

    private static IEnumerable<StoryEvent> Of(Episode? episode)
    {
        (StoryKind Kind, DateTimeOffset? At)[] notes =
        [
            (StoryKind.AskedBack, episode?.IncompleteToldAt), (StoryKind.TaskReopened, episode?.TaskReopenedAt), (StoryKind.TaskRemade, episode?.TaskRemadeAt),
            (StoryKind.Overdue, episode?.BreachedAt), (StoryKind.Disputed, episode?.DisputedAt), (StoryKind.Escalated, episode?.EscalatedAt),
        ];
        foreach (var (kind, at) in notes.Where(note => note.At is not null))
            yield return new(kind, at) { Episode = episode!.Number, OwnerId = kind == StoryKind.Escalated ? episode.EscalatedTo : null };
        if (episode is { CorrectedFrom: not null, DisputedAt: null, DecidedAt: { } corrected })
            yield return new(StoryKind.Corrected, corrected) { Episode = episode.Number, Actor = episode.DecidedBy is { } id ? $"person:{id}" : "unknown" };
    }
}
