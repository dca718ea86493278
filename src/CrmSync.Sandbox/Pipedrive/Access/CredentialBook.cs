using System.Globalization;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Access;

/// <summary>One credential: an API token of a user, an OAuth access token, a refresh token, or a code to get them for.</summary>
internal sealed class PipedriveCredential(PipedriveCompany company, string kind, string text, DateTimeOffset? expiresAt)
{
    public PipedriveCompany Company => company;

    /// <summary><c>token</c>, <c>oauth</c>, <c>refresh</c> or <c>code</c>.</summary>
    public string Kind => kind;

    public string Text => text;

    public DateTimeOffset? ExpiresAt { get; set; } = expiresAt;

    public bool IsRevoked { get; set; }

    /// <summary>When it was exchanged for the next one; null: it still counts.</summary>
    public DateTimeOffset? SpentAt { get; set; }

    public bool IsGood(DateTimeOffset now) =>
        !IsRevoked && !(ExpiresAt <= now) && !(SpentAt?.AddSeconds(kind == "refresh" ? company.Switches.RefreshGraceSeconds : 0) <= now);
}

/// <summary>The app of one company, as its developer sees it, and the API token of the company's admin.</summary>
internal sealed record PipedriveApp(PipedriveCompany Company, string Token, string ClientId, string ClientSecret, string RefreshToken);

/// <summary>All credentials of all companies; the token alone tells which company a call is for.</summary>
internal sealed class CredentialBook(int seed)
{
    private static readonly TimeSpan RefreshLasts = TimeSpan.FromDays(60);

    private readonly Dictionary<string, PipedriveCredential> all = new(StringComparer.Ordinal);
    private readonly List<PipedriveApp> apps = [];
    private int issued;

    public PipedriveApp Open(PipedriveCompany company, DateTimeOffset now)
    {
        var app = new PipedriveApp(
            company, company.Secret("token") + company.Secret("more")[..8], company.Secret("client")[..16], company.Secret("secret") + company.Secret("secret2")[..8],
            $"{company.Id}:{company.Secret("refresh")}");
        apps.Add(app);
        all[app.Token] = new PipedriveCredential(company, "token", app.Token, null);
        all[app.RefreshToken] = new PipedriveCredential(company, "refresh", app.RefreshToken, now + RefreshLasts);
        return app;
    }

    public PipedriveApp? App(string clientId) => apps.Find(app => app.ClientId == clientId);

    public PipedriveCredential? Find(string text) => all.GetValueOrDefault(text);

    /// <summary>A new credential that nobody could have guessed.</summary>
    public PipedriveCredential Issue(PipedriveCompany company, string kind, TimeSpan life, DateTimeOffset now)
    {
        var number = (++issued).ToString(CultureInfo.InvariantCulture);
        var text = $"{company.Id}:{KeyedRandom.Uuid(seed, $"{kind}/{company.Id}/{number}"):N}{KeyedRandom.Uuid(seed, $"{kind}/{company.Id}/{number}/more"):N}";
        return all[text] = new PipedriveCredential(company, kind, text, now + life);
    }

    public PipedriveCredential IssueRefresh(PipedriveCompany company, DateTimeOffset now) => Issue(company, "refresh", RefreshLasts, now);

    /// <summary>Each use gives a refresh token another sixty days.</summary>
    public static void Prolong(PipedriveCredential refresh, DateTimeOffset now) => refresh.ExpiresAt = now + RefreshLasts;

    public void Revoke(string text)
    {
        if (all.TryGetValue(text, out var found))
        {
            found.IsRevoked = true;
        }
    }

    /// <summary>Ends all that an app has of a company.</summary>
    public void RevokeApp(PipedriveCompany company) => all.Values.Where(one => one.Company == company && one.Kind != "token").ToList().ForEach(one => one.IsRevoked = true);

    public void RestoreAll() => all.Values.ToList().ForEach(one => one.IsRevoked = false);
}
