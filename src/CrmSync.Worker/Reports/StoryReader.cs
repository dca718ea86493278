using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Texts.Story;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>Turns what is stored of a lead into the events of its story, oldest first; the last says what is waited for now.</summary>
/// <param name="criterion">A criterion in words of the language asked for.</param>
/// <param name="braked">Whether the brake on mass moves is on.</param>
internal sealed class StoryReader(LeadStory story, Func<string, string> criterion, bool braked = false)
{
    /// <summary>Reasons that are told otherwise: as a request that came to nothing, or by what is waited for after an answer.</summary>
    private static readonly string[] Quiet = ["disputed too late", "disputed before", "cool-off", "never relevant", "no newer evidence", "sent back, and nothing was filled in since"];

    public IReadOnlyList<StoryEvent> Read(Func<HoldCause, string> hold)
    {
        var ends = story.Audit.Where(r => r.Kind is nameof(AuditKind.Refused) or nameof(AuditKind.Conflict) or nameof(AuditKind.Superseded) or nameof(AuditKind.Gone))
            .Where(r => r.TransitionId is not null).ToDictionary(r => r.TransitionId!);
        var events = new List<StoryEvent>();
        var (seen, episode) = (false, (string?)null);
        foreach (var row in story.Audit)
        {
            // What only tells marketing why the lead is not ready belongs to no episode.
            if (row is { Kind: nameof(AuditKind.Decided), Episode: not null })
            {
                var failed = row.TransitionId is { } id && ends.ContainsKey(id);
                events.AddRange(failed ? [NotWritten(row)] : Decided(row, row.Episode != episode));
                episode = failed ? episode : row.Episode;
            }
            else if (IsToldSuppression(row))
                events.Add(Event(StoryKind.Suppressed, row) with { Because = story.Lead.Memory.Suppressed });
            else if (row.Kind == nameof(AuditKind.Observed))
                events.AddRange(Observed(row, ref seen));
        }
        if (story.Lead.Memory.Parked is { } parked)
            events.Add(new(StoryKind.Parked, parked.Since));
        if (story.Lead.Memory.RefusedRequest is { } refused)
            events.Add(new(StoryKind.Suppressed, refused.At) { Because = refused.Refusal.ToString() });
        return [.. StoryNotes.Among(events, story.Lead.Episode), StoryNow.Of(story, hold, braked)];
    }

    /// <summary>The reason is remembered of the newest only, and only while it stands.</summary>
    private bool IsToldSuppression(AuditRow row) => row.Kind == nameof(AuditKind.Suppressed)
        && story.Lead.Memory.Suppressed is { } code && !Quiet.Contains(code)
        && row.Sequence == story.Audit.Where(r => r.Kind == nameof(AuditKind.Suppressed)).Max(r => r.Sequence);

    private IEnumerable<StoryEvent> Observed(AuditRow row, ref bool seen)
    {
        var first = !seen;
        seen = true;
        if (first)
            return [Event(StoryKind.FirstSeen, row)];
        return row.FromStage != row.ToStage ? [Event(StoryKind.StageSeen, row)] : Ended(row) is { } ended ? [ended] : [];
    }

    /// <summary>The record was deleted or merged, and an open offer with it.</summary>
    private StoryEvent? Ended(AuditRow row) => Enum.TryParse<HandoverState>(row.HandoverState, out var state)
        ? state switch
        {
            HandoverState.Withdrawn => Event(Withdrawn(row) == StoryKind.Withdrawn ? StoryKind.Gone : StoryKind.NeverOffered, row),
            HandoverState.Superseded => Event(StoryKind.Merged, row),
            _ => null,
        }
        : null;

    private IEnumerable<StoryEvent> Decided(AuditRow row, bool opens)
    {
        var effect = row.TransitionId is { } id ? story.Intents.GetValueOrDefault(id)?.Body : null;
        var episode = effect?.Episode;
        var told = Event(KindOf(row, opens, episode), row) with
        {
            DueAt = episode?.DueAt,
            // Of that offer, not of today: who has it, or whose task it became.
            OwnerId = episode?.OwnerId ?? effect?.Activities?.FirstOrDefault(a => a.Kind == ActivityKind.Task)?.OwnerId,
            AssignedBy = episode?.AssignedBy?.ToString(),
            Reason = episode?.Reason,
            RestsUntil = episode?.CoolOffUntil,
        };
        return opens ? [Qualified(row), told] : [told];
    }

    private StoryEvent Qualified(AuditRow row)
    {
        var told = Event(StoryKind.Qualified, row);
        if (row.EvidenceHash is not { } hash || !story.EvidenceOf.TryGetValue(hash, out var evidence))
            return told;
        using var inputs = JsonDocument.Parse(evidence.Inputs);
        using var findings = JsonDocument.Parse(evidence.Findings);
        return told with
        {
            Fit = inputs.RootElement.TryGetProperty("fit", out var fit) ? fit.GetInt32() : null,
            Interest = inputs.RootElement.TryGetProperty("interest", out var interest) ? interest.GetInt32() : null,
            Met =
            [
                .. findings.RootElement.EnumerateArray()
                    .Where(f => f.GetProperty("result").GetString() == "met" && f.GetProperty("group").GetString() != "blocker")
                    .Select(f => criterion(f.GetProperty("criterion").GetString()!)),
            ],
        };
    }

    private StoryEvent NotWritten(AuditRow row) =>
        Event(StoryKind.NotWritten, row) with { Because = story.Intents.GetValueOrDefault(row.TransitionId!)?.Reason };

    /// <summary>A step that changes no state moves the stage on, after the acceptance.</summary>
    private StoryKind KindOf(AuditRow row, bool opens, Episode? after)
    {
        if (row.ToStage == nameof(Leads.LifecycleStage.Customer))
            return StoryKind.Won;
        var before = opens ? null : story.Audit.LastOrDefault(r => r.Sequence < row.Sequence && r.Kind == nameof(AuditKind.Decided) && r.Episode == row.Episode);
        if (before?.HandoverState == row.HandoverState && row.FromStage != row.ToStage)
            return StoryKind.StageMoved;
        return row.HandoverState switch
        {
            nameof(HandoverState.AwaitingDecision) => !opens && after?.ReassignedAt is not null ? StoryKind.Reassigned : StoryKind.Offered,
            nameof(HandoverState.Expired) when before?.HandoverState == nameof(HandoverState.Returned) => StoryKind.WentOn,
            nameof(HandoverState.Withdrawn) => Withdrawn(row),
            var state => Enum.TryParse<StoryKind>(state, out var kind) ? kind : StoryKind.StageMoved,
        };
    }

    private StoryKind Withdrawn(AuditRow row) => story.Audit.Any(r => r.Sequence < row.Sequence && r.Episode == row.Episode && r.HandoverState == nameof(HandoverState.AwaitingDecision))
        ? StoryKind.Withdrawn
        : StoryKind.NeverOffered;

    private static StoryEvent Event(StoryKind kind, AuditRow row) => new(kind, row.At is { } at ? InstantText.Parse(at) : null)
    {
        Episode = row.Episode is { } number ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : null,
        FromStage = row.FromStage,
        ToStage = row.ToStage,
        Actor = row.Actor,
    };
}
