namespace CrmSync.Adapters;

/// <summary>An OAuth grant as last received.</summary>
public sealed record Grant(Secret RefreshToken, Secret? AccessToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>What it allows, in the vendor's words; null where the vendor did not say.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>
/// Keeps grants, encrypted at rest. A new grant is saved before it is used; whoever finds its grant refused re-reads the
/// store before it declares it dead, because another process may have renewed it.
/// </summary>
public interface IGrantStore
{
    /// <exception cref="CrmException">Unauthorised: it is there and cannot be decrypted.</exception>
    Task<Grant?> ReadAsync(string connection, CancellationToken cancellationToken);

    Task SaveAsync(string connection, Grant grant, CancellationToken cancellationToken);
}
