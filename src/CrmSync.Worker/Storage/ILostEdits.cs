namespace CrmSync.Worker.Storage;

/// <summary>The memory for edits that a write of ours took the place of. A completed call is durable.</summary>
public interface ILostEdits
{
    /// <summary>The effect that one request of a transition carries; null: it was not decided here.</summary>
    /// <param name="clears">The first of two requests.</param>
    Task<IntentRow?> IntentAsync(string transitionId, bool clears, CancellationToken cancellationToken);

    /// <summary>Keeps an edit together with a reason to look at its lead; false: it came before.</summary>
    Task<bool> KeepAsync(string connection, LostEdit edit, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Those that are kept of these leads, in no order.</summary>
    Task<IReadOnlyList<LostEdit>> LostEditsAsync(string connection, IReadOnlyCollection<string> leadIds, CancellationToken cancellationToken);
}
