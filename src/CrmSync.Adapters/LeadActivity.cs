using System.Text.Json.Serialization;

namespace CrmSync.Adapters;

/// <summary>What hangs on a lead for people to do or to read.</summary>
public enum ActivityKind
{
    Task,
    Note,
}

/// <summary>
/// A task or a note as it should be. What is null is not part of the request, so that a change touches nothing else.
/// The texts hold people's names: they go to the CRM and into no log.
/// </summary>
public sealed record LeadActivity
{
    /// <summary>The same however often it is sent: it makes of every repetition an update of the first.</summary>
    public required string Key { get; init; }

    /// <summary>The lead's record in the CRM.</summary>
    public required string LeadId { get; init; }
    public required ActivityKind Kind { get; init; }

    /// <summary>Of a task; plain text on one line.</summary>
    public string? Title { get; init; }

    /// <summary>Plain text; lines end with a line feed.</summary>
    public string? Body { get; init; }

    /// <summary>When a task must be done.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The user it is assigned to, by <see cref="CrmUser.Id"/>.</summary>
    public string? OwnerId { get; init; }
    public bool? Completed { get; init; }

    /// <summary>Whether a task goes before others.</summary>
    public bool? Urgent { get; init; }

    /// <summary>When what a note tells happened.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>A change of what is there alone: what somebody deleted is not made again.</summary>
    public bool ChangesOnly { get; init; }

    /// <summary>Certainly never sent, neither by this process nor by an earlier one: where looking for it is dear, it is not looked for.</summary>
    [JsonIgnore]
    public bool IsFirst { get; init; }

    /// <summary>This activity with a later change of it on top.</summary>
    public LeadActivity Then(LeadActivity later) => later with
    {
        Title = later.Title ?? Title,
        Body = later.Body ?? Body,
        DueAt = later.DueAt ?? DueAt,
        OwnerId = later.OwnerId ?? OwnerId,
        Completed = later.Completed ?? Completed,
        Urgent = later.Urgent ?? Urgent,
        At = later.At ?? At,
        ChangesOnly = ChangesOnly && later.ChangesOnly,
    };
}

/// <summary>
/// What became of one activity: <see cref="WriteOutcome.Applied"/>, also when it had been applied before;
/// <see cref="WriteOutcome.Gone"/>: the lead, or what was to be changed, was deleted. Any other end as for a write; one that
/// is unknown is simply sent again.
/// </summary>
public sealed record ActivityResult(string Key, WriteOutcome Outcome, string? Reason = null);

/// <summary>Names one activity to be read.</summary>
public readonly record struct ActivityRef(string Key, string LeadId, ActivityKind Kind);

/// <summary>An activity as the CRM holds it. <paramref name="Exists"/>: false when it was never made or was deleted.</summary>
public sealed record ActivityReading(string Key, bool Exists, bool Completed = false, string? OwnerId = null);

/// <summary>
/// A user of the account. <paramref name="Id"/> is what owner fields hold; <paramref name="ActorId"/> what history names
/// who changed something by, where that is another. <paramref name="Name"/> is for texts in the CRM alone.
/// </summary>
public sealed record CrmUser(string Id, bool Active, string? Name = null, string? ActorId = null);
