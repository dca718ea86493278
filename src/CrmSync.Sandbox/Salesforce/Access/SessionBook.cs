using System.Globalization;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>One access token. Each call moves its end.</summary>
internal sealed class Session(Org org, string token)
{
    public Org Org => org;

    public string Token => token;

    public DateTimeOffset UsedAt { get; set; }

    public bool IsRevoked { get; set; }
}

/// <summary>All tokens of all orgs.</summary>
internal sealed class SessionBook
{
    private readonly Dictionary<string, Session> sessions = new(StringComparer.Ordinal);
    private readonly List<ConnectedApp> apps = [];
    private int issued;

    public ConnectedApp Open(Org org)
    {
        var app = new ConnectedApp(org, "3MVG9" + org.Secret("client"), org.Secret("secret").ToUpperInvariant());
        app.Renew(Refresh(org), default);
        apps.Add(app);
        return app;
    }

    public ConnectedApp? AppOf(string? clientId) => apps.Find(app => app.ClientId == clientId);

    public ConnectedApp AppOf(Org org) => apps.Find(app => app.Org == org)!;

    /// <summary>A new access token; its first part names the org.</summary>
    public Session Start(Org org, DateTimeOffset now)
    {
        var session = new Session(org, $"{org.Id[..15]}!AQ{org.Secret("session" + Next())}") { UsedAt = now };
        sessions[session.Token] = session;
        return session;
    }

    public string Refresh(Org org) => "5Aep861" + org.Secret("refresh" + Next());

    /// <summary>The session of a token if it still lives; this counts as a use.</summary>
    public Session? Use(string token, DateTimeOffset now)
    {
        if (!sessions.TryGetValue(token, out var session) || session.IsRevoked || session.UsedAt.AddSeconds(session.Org.Switches.SessionSeconds) <= now)
        {
            return null;
        }

        session.UsedAt = now;
        return session;
    }

    public void Revoke(string token)
    {
        if (sessions.TryGetValue(token, out var session))
        {
            session.IsRevoked = true;
        }
        else if (apps.Find(app => app.RefreshToken == token) is { } app)
        {
            app.Revoke();
        }
    }

    public void RestoreAll()
    {
        foreach (var session in sessions.Values)
        {
            session.IsRevoked = false;
        }
    }

    private string Next() => (++issued).ToString(CultureInfo.InvariantCulture);
}
