namespace CrmSync.Adapters.Salesforce;

/// <summary>What the latest token answer told: where the org lives now, which org it is, and who we are in it.</summary>
internal sealed class SalesforceSession
{
    private volatile Told? _told;

    public Uri? Instance => _told?.Instance;
    public string? OrgId => _told?.OrgId;
    public string? UserId => _told?.UserId;

    /// <param name="identity">The identity URL, which ends in the ids of org and user.</param>
    public void Learn(Uri instance, string? identity)
    {
        var parts = Uri.TryCreate(identity, UriKind.Absolute, out var url) ? url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        _told = parts is [.., { Length: 15 or 18 } org, { Length: 15 or 18 } user] ? new(instance, org, user) : new(instance, OrgId, UserId);
    }

    private sealed record Told(Uri Instance, string? OrgId, string? UserId);
}
