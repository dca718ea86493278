using CrmSync.Adapters;

namespace CrmSync.Worker.Storage;

/// <summary>Where a task or note on its way to the CRM stands. The first is open; the others end it. Stored by name in lower case.</summary>
public enum ActivityState
{
    Waiting,
    Sent,

    /// <summary>The CRM said no: <see cref="ActivityRow.Reason"/> says why.</summary>
    Refused,

    /// <summary>The lead, or what was to be changed, was deleted.</summary>
    Gone,
}

/// <summary>
/// A task or note that is to be in the CRM, known by its key. Sending it again does no harm, so an unknown outcome is no state of
/// its own. What was sent is forgotten but for its key: the texts hold people's names.
/// </summary>
public sealed record ActivityRow
{
    public required string Connection { get; init; }
    public required string LeadKey { get; init; }
    public required LeadActivity Activity { get; init; }
    public ActivityState State { get; init; }

    /// <summary>Not to be sent before this instant.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>How often it was sent without a clear answer.</summary>
    public int Tries { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>Counts the changes asked for: what came while one was being sent is not settled with it.</summary>
    public int Version { get; init; } = 1;
}
