using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>One write: who, when, and a list that gathers what it changed for the log.</summary>
internal sealed record WriteContext(ChangeSource Actor, DateTimeOffset At)
{
    /// <summary>The instant that history shows, where it differs from the instant of the write (something recorded late).</summary>
    public DateTimeOffset? HistoryAt { get; init; }

    public List<Effect> Effects { get; init; } = [];

    public DateTimeOffset Shown => HistoryAt ?? At;

    public void Note(HubSpotRecord record, string field, string? before, string? after) => Effects.Add(new Effect(
        record.Type.Plural, record.IdText, field, string.IsNullOrEmpty(before) ? null : before, string.IsNullOrEmpty(after) ? null : after, Actor.LogName));
}
