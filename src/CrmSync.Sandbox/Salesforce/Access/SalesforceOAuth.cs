using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Store;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>The token endpoint and what tells who a token is. Its errors are objects, unlike those of the other resources.</summary>
internal sealed class SalesforceOAuth(SessionBook sessions, Uri baseUrl)
{
    private readonly SalesforceConsent consent = new(sessions);

    /// <summary>The page where users let apps in; null when the path is not that page's.</summary>
    public CrmReply? Consent(CrmRequest request) => consent.Answer(request);

    /// <summary>Null when the path is none of these.</summary>
    public (int Status, JsonObject? Body)? Answer(CrmRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, parts) switch
        {
            ("POST", ["services", "oauth2", "token"]) => Token(request),
            ("POST", ["services", "oauth2", "revoke"]) => Revoke(Form(request)),
            ("GET" or "POST", ["services", "oauth2", "userinfo"]) or ("GET", ["id", _, _]) => WhoAmI(request),
            _ => null,
        };
    }

    /// <summary>The bearer token of a call; null without one, or when the header is malformed.</summary>
    public static string? BearerOf(CrmRequest request) =>
        request.Header("Authorization") is { } header && (Rest(header, "Bearer ") ?? Rest(header, "OAuth ")) is { Length: > 0 } token ? token : null;

    private (int, JsonObject?) Token(CrmRequest request)
    {
        var form = Form(request);
        var (basicId, basicSecret) = Basic(request);
        var (id, secret) = (form.GetValueOrDefault("client_id") ?? basicId, form.GetValueOrDefault("client_secret") ?? basicSecret);
        switch (form.GetValueOrDefault("grant_type"))
        {
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                var (app, problem) = JwtAssertion.Check(sessions, form.GetValueOrDefault("assertion") ?? "", baseUrl, request.Now);
                return app is null ? Error("invalid_grant", problem) : Grant(app, request.Now, "api refresh_token");
            case "client_credentials":
                return Known(id, secret, isSecretNeeded: true, out var known) ?? Grant(known!, request.Now, "api");
            case "authorization_code":
                return Known(id, secret, isSecretNeeded: secret is not null, out var asking) ?? (consent.Refuse(asking!, form, request.Now) is { } refusal ? Error("invalid_grant", refusal) : Renewed(asking!, request.Now));
            case "refresh_token":
                return Known(id, secret, isSecretNeeded: secret is not null, out var owner) ?? Refresh(owner!, form.GetValueOrDefault("refresh_token"), request.Now);
            case "password":
                return Error("invalid_grant", "authentication failure");
            default:
                return Error("unsupported_grant_type", "grant type not supported");
        }
    }

    private (int, JsonObject?) Refresh(ConnectedApp app, string? presented, DateTimeOffset now)
    {
        if (!app.Takes(presented, now))
        {
            return Error("invalid_grant", "expired access/refresh token");
        }

        if (!app.Org.Switches.RotateRefreshTokens || app.Org.Switches.GrantsRefused)
        {
            return Grant(app, now, "api refresh_token");
        }

        return Renewed(app, now);
    }

    private (int, JsonObject?) Renewed(ConnectedApp app, DateTimeOffset now)
    {
        app.Renew(sessions.Refresh(app.Org), now);
        var (status, body) = Grant(app, now, "api refresh_token");
        body!["refresh_token"] = app.RefreshToken;
        return (status, body);
    }

    /// <summary>The refusal of a client that is not who it says; null when it is.</summary>
    private (int, JsonObject?)? Known(string? id, string? secret, bool isSecretNeeded, out ConnectedApp? app)
    {
        app = sessions.AppOf(id);
        return app is null ? Error("invalid_client_id", "client identifier invalid")
            : isSecretNeeded && secret != app.ClientSecret ? Error("invalid_client", "invalid client credentials")
            : null;
    }

    /// <summary>There is no expires_in: how long a token lives is the org's affair.</summary>
    private (int, JsonObject?) Grant(ConnectedApp app, DateTimeOffset now, string scope)
    {
        var org = app.Org;
        if (org.Switches.GrantsRefused)
        {
            return Error("invalid_grant", "no client credentials user enabled");
        }

        var url = org.Switches.InstanceUrl is { Length: > 0 } other ? other : baseUrl.ToString().TrimEnd('/');
        return (200, new JsonObject
        {
            ["access_token"] = sessions.Start(org, now).Token,
            ["signature"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(org.Secret("signature"))),
            ["scope"] = scope,
            ["instance_url"] = url,
            ["id"] = $"https://login.salesforce.com/id/{org.Id}/{org.ApiUser.Id}",
            ["token_type"] = "Bearer",
            ["issued_at"] = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        });
    }

    private (int, JsonObject?) WhoAmI(CrmRequest request)
    {
        if (BearerOf(request) is not { } token || sessions.Use(token, request.Now) is not { } session)
        {
            return (403, new JsonObject { ["error"] = "Bad_OAuth_Token" });
        }

        return (200, SalesforceIdentity.Of(session.Org, baseUrl.ToString().TrimEnd('/')));
    }

    private (int, JsonObject?) Revoke(Dictionary<string, string> form)
    {
        sessions.Revoke(form.GetValueOrDefault("token") ?? "");
        return (200, null);
    }

    private static (int, JsonObject?) Error(string error, string description) => (400, new JsonObject { ["error"] = error, ["error_description"] = description });

    private static (string? Id, string? Secret) Basic(CrmRequest request)
    {
        if (request.Header("Authorization") is not { } header || Rest(header, "Basic ") is not { } code)
        {
            return (null, null);
        }

        Span<byte> bytes = new byte[code.Length];
        var parts = Convert.TryFromBase64String(code, bytes, out var length) ? Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) : [];
        return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : (null, null);
    }

    private static string? Rest(string header, string scheme) => header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;

    private static Dictionary<string, string> Form(CrmRequest request) =>
        QueryHelpers.ParseQuery(request.BodyText).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
}
