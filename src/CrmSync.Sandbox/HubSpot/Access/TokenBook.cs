using System.Globalization;
using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.HubSpot.Access;

/// <summary>One credential: a static token, an OAuth access token, or a refresh token.</summary>
internal sealed class Credential(long portalId, string kind, DateTimeOffset? expiresAt)
{
    public long PortalId => portalId;

    /// <summary><c>static</c>, <c>oauth</c> or <c>refresh</c>.</summary>
    public string Kind => kind;

    public DateTimeOffset? ExpiresAt => expiresAt;

    public bool IsRevoked { get; set; }

    /// <summary>When it was exchanged for the next one; null: it still counts.</summary>
    public DateTimeOffset? SpentAt { get; set; }
}

/// <summary>The app of one account, as its developer sees it.</summary>
internal sealed record AppCredentials(long PortalId, long AppId, string Token, string ClientId, string ClientSecret, string RefreshToken);

/// <summary>All credentials of all accounts; the token alone tells which account a call is for.</summary>
internal sealed class TokenBook(int seed)
{
    private readonly Dictionary<string, Credential> credentials = new(StringComparer.Ordinal);
    private readonly List<AppCredentials> apps = [];
    private int issued;

    public IReadOnlyList<AppCredentials> Apps => apps;

    public AppCredentials Open(long portalId)
    {
        string Secret(string name) => KeyedRandom.Uuid(seed, $"{name}/{portalId}").ToString();
        var app = new AppCredentials(
            portalId, 1_160_000 + (portalId % 10_000), "pat-eu1-" + Secret("token"), Secret("client"), Secret("secret"), "na1-" + Secret("refresh"));
        apps.Add(app);
        credentials[app.Token] = new Credential(portalId, "static", null);
        credentials[app.RefreshToken] = new Credential(portalId, "refresh", null);

        return app;
    }

    public AppCredentials App(long portalId) => apps.Find(app => app.PortalId == portalId)!;

    public Credential? Find(string token)
    {
        return credentials.GetValueOrDefault(token);
    }

    /// <summary>Issues a token of a kind that nobody could have guessed.</summary>
    public string Issue(long portalId, string kind, DateTimeOffset? expiresAt)
    {
        var number = (++issued).ToString(CultureInfo.InvariantCulture);
        var token = (kind == "refresh" ? "na1-" : "CJSP5qf1") + KeyedRandom.Uuid(seed, $"{kind}/{portalId}/{number}").ToString("N");
        credentials[token] = new Credential(portalId, kind, expiresAt);
        return token;
    }

    /// <summary>Ends a credential. An OAuth grant dies as a whole, with its refresh tokens.</summary>
    public void Revoke(string token)
    {
        if (!credentials.TryGetValue(token, out var found))
        {
            return;
        }

        found.IsRevoked = true;
        foreach (var other in credentials.Values.Where(other => found.Kind != "static" && other.Kind != "static" && other.PortalId == found.PortalId))
        {
            other.IsRevoked = true;
        }
    }

    public void RestoreAll()
    {
        foreach (var credential in credentials.Values)
        {
            credential.IsRevoked = false;
        }
    }
}
