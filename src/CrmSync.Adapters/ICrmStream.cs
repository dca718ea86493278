using System.Diagnostics.CodeAnalysis;

namespace CrmSync.Adapters;

/// <summary>
/// What a stream told since the last batch. <paramref name="Position"/> goes on behind it and is stored together with it; it is
/// opaque. Null: no position is known, and the one before is good no longer.
/// </summary>
/// <param name="HasGap">More changed than was told, and nobody says what: only a look at every lead makes up for it.</param>
public sealed record StreamBatch(IReadOnlyList<WebhookHint> Hints, ReadOnlyMemory<byte>? Position, bool HasGap)
{
    /// <summary>The CRM took the call and has told nothing yet: neither hints nor a newer position are in it, and nothing is to be stored.</summary>
    public bool IsCallTaken { get; private init; }

    public static StreamBatch CallTaken { get; } = new([], null, HasGap: false) { IsCallTaken = true };
}

/// <summary>
/// Changes as a CRM tells them while a call stays open. They are hints that make the service fast: a poll finds each of them
/// too, so that one lost or told twice does no harm.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a stream of changes, not of bytes.")]
public interface ICrmStream
{
    /// <summary>What is listened to, each in a call and with a position of its own.</summary>
    IReadOnlyList<string> Channels { get; }

    /// <summary>
    /// Listens until cancelled. The next batch is asked for when the one before was dealt with: who stores it first never has a
    /// position ahead of what it stands for. A batch without hints still brings a newer position, but for
    /// the one that says no more than that the call was taken.
    /// </summary>
    /// <param name="channel">One of <see cref="Channels"/>.</param>
    /// <param name="position">From an earlier batch; null: only what comes from now on. One that the CRM keeps no longer is answered by a gap.</param>
    /// <exception cref="CrmException">The call ended: listen again from the last position, not before <see cref="CrmException.RetryAt"/>.</exception>
    IAsyncEnumerable<StreamBatch> ReadAsync(string channel, ReadOnlyMemory<byte>? position, CancellationToken cancellationToken);
}
