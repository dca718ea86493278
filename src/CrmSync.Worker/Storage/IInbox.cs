namespace CrmSync.Worker.Storage;

/// <summary>
/// A reason to look at a lead again. <paramref name="Delivery"/> is unique per connection: the same one is stored once.
/// <paramref name="LeadId"/> is a lead's id, or <c>stream/record</c> for a record whose leads are not known yet.
/// </summary>
public readonly record struct InboxEntry(string Delivery, string LeadId)
{
    /// <summary>It only says that the lead is there: it is stored as done, and nobody takes it.</summary>
    public bool NeedsNoLook { get; init; }
}

/// <summary>
/// A lead handed out. <paramref name="UpTo"/>: the newest waiting entry; later ones stay. <paramref name="Epoch"/> tells this
/// claim from later ones of the same lead: what is recorded or released under a claim that ran out and went to somebody
/// else is left out. 0: not claimed, no check.
/// </summary>
public readonly record struct TakenLead(string LeadId, long UpTo, int Tries, int Epoch = 0);

/// <summary>
/// What is waiting to be looked at. It hands out leads, not events: all waiting entries of one lead are one pass, and no
/// lead is in two hands. A completed call is durable.
/// </summary>
public interface IInbox
{
    /// <summary>Stores entries, all or none; answers how many were new and wait for a look.</summary>
    Task<int> AcceptAsync(string connection, IReadOnlyList<InboxEntry> entries, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Stores entries and moves a cursor in one transaction.</summary>
    Task<int> AdvanceAsync(string connection, string stream, IReadOnlyList<InboxEntry> entries, string? position, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>A cursor's position; null before the first <see cref="AdvanceAsync"/>.</summary>
    Task<string?> PositionAsync(string connection, string stream, CancellationToken cancellationToken);

    /// <summary>
    /// Claims up to <paramref name="count"/> leads, oldest entry first. Left out: leads claimed, put off to later than
    /// <paramref name="at"/>, quarantined, or with an open intent.
    /// </summary>
    Task<IReadOnlyList<TakenLead>> TakeAsync(string connection, int count, DateTimeOffset at, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Marks hints done and stores the leads they stand for, in one transaction.</summary>
    Task ExpandAsync(string connection, IReadOnlyList<TakenLead> hints, IReadOnlyList<InboxEntry> leads, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Gives claimed leads back, not to be taken before an instant; <paramref name="failed"/> counts as a try.</summary>
    Task ReleaseAsync(string connection, IReadOnlyList<TakenLead> leads, DateTimeOffset notBefore, bool failed, CancellationToken cancellationToken);

    /// <summary>Entries not done, put-off ones included, those of leads in quarantine left out.</summary>
    Task<long> PendingAsync(string connection, CancellationToken cancellationToken);

    /// <summary>When the oldest entry that is not done came in, leads in quarantine left out; null when none waits.</summary>
    Task<DateTimeOffset?> OldestWaitingAsync(string connection, CancellationToken cancellationToken);

    /// <summary>The earliest instant at which a put-off entry may be taken; null when none is put off.</summary>
    Task<DateTimeOffset?> NextPutOffAsync(string connection, CancellationToken cancellationToken);
}
