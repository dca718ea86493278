using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmSync.Sandbox.HubSpot.Access;

/// <summary>The token endpoints. They have no account of their own: client id and token say whose they are.</summary>
internal sealed class OAuthEndpoints(TokenBook tokens, Func<HubSpotSwitches> switches)
{
    /// <summary>Null when the path is none of these.</summary>
    public (int Status, JsonNode? Body, string? Location)? Answer(CrmRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, parts) switch
        {
            ("GET", ["oauth", "authorize"] or ["oauth", _, "authorize"]) => Authorize(request),
            ("POST", ["oauth", _, "token"]) => Token(request),
            ("POST", ["oauth", _, "token", "introspect"]) => Introspect(Form(request), request.Now),
            ("POST", ["oauth", _, "token", "revoke"]) => Revoke(Form(request)),
            ("GET", ["oauth", "v1", "access-tokens" or "refresh-tokens", var token]) => Describe(token, request.Now),
            ("DELETE", ["oauth", "v1", "refresh-tokens", var token]) => Revoke(new() { ["token"] = token }),
            _ => null,
        };
    }

    /// <summary>The consent page, with a customer who always agrees.</summary>
    private (int, JsonNode?, string?) Authorize(CrmRequest request)
    {
        var app = tokens.Apps.FirstOrDefault(app => app.ClientId == request.Parameter("client_id"));
        if (app is null || request.Parameter("redirect_uri") is not { } target)
        {
            return Error(400, "invalid_client", "client id or redirect uri is not known", "BAD_CLIENT_ID");
        }

        var location = QueryHelpers.AddQueryString(target, "code", tokens.Issue(app.PortalId, "code", request.Now.AddMinutes(1)));
        return (302, null, request.Parameter("state") is { } state ? QueryHelpers.AddQueryString(location, "state", state) : location);
    }

    private (int, JsonNode?, string?) Token(CrmRequest request)
    {
        var form = Form(request);
        var app = tokens.Apps.FirstOrDefault(app => app.ClientId == form.GetValueOrDefault("client_id"));
        if (app is null || app.ClientSecret != form.GetValueOrDefault("client_secret"))
        {
            return Error(400, "invalid_client", "missing or invalid client id or client secret", "BAD_CLIENT_SECRET");
        }

        var (kind, field) = form.GetValueOrDefault("grant_type") switch
        {
            "refresh_token" => ("refresh", "refresh_token"),
            "authorization_code" => ("code", "code"),
            _ => ("", ""),
        };
        if (kind.Length == 0)
        {
            return Error(400, "unsupported_grant_type", "grant_type must be authorization_code or refresh_token", "BAD_GRANT_TYPE");
        }

        var presented = form.GetValueOrDefault(field) ?? "";
        var grant = tokens.Find(presented);
        if (grant is null || grant.IsRevoked || grant.Kind != kind || grant.PortalId != app.PortalId || grant.ExpiresAt < request.Now
            || grant.SpentAt?.AddSeconds(kind == "refresh" ? switches().RefreshGraceSeconds : 0) <= request.Now)
        {
            return kind == "refresh"
                ? Error(400, "invalid_grant", "refresh token is invalid, expired or revoked", "BAD_REFRESH_TOKEN")
                : Error(400, "invalid_grant", "auth code is invalid, expired or used", "BAD_AUTH_CODE");
        }

        return (200, Grant(app, presented, kind, grant, request.Now), null);
    }

    private JsonObject Grant(AppCredentials app, string presented, string kind, Credential grant, DateTimeOffset now)
    {
        var refresh = presented;
        if (kind == "code" || switches().RotateRefreshTokens)
        {
            grant.SpentAt ??= now;
            refresh = tokens.Issue(app.PortalId, "refresh", null);
        }

        var life = switches().AccessTokenSeconds;
        return new JsonObject
        {
            ["token_type"] = "bearer",
            ["access_token"] = tokens.Issue(app.PortalId, "oauth", now.AddSeconds(life)),
            ["refresh_token"] = refresh,
            ["expires_in"] = life,
            ["hub_id"] = app.PortalId,
            ["scopes"] = Scopes(),
        };
    }

    private (int, JsonNode?, string?) Introspect(Dictionary<string, string> form, DateTimeOffset now)
    {
        // The guide and the specification name this field differently; all three are understood.
        var token = form.GetValueOrDefault("token") ?? form.GetValueOrDefault("access_token") ?? form.GetValueOrDefault("refresh_token") ?? "";
        return tokens.Find(token) is { IsRevoked: false } found && !(found.ExpiresAt < now)
            ? Describe(token, now)
            : (200, new JsonObject { ["active"] = false }, null);
    }

    private (int, JsonNode?, string?) Describe(string token, DateTimeOffset now)
    {
        if (tokens.Find(token) is not { IsRevoked: false } found)
        {
            return Error(404, "invalid_request", "token is not known", "BAD_TOKEN");
        }

        var app = tokens.App(found.PortalId);
        var body = new JsonObject
        {
            ["active"] = true,
            ["token"] = token,
            ["hub_id"] = found.PortalId,
            ["user_id"] = 28_604_240,
            ["client_id"] = app.ClientId,
            ["app_id"] = app.AppId,
            ["user"] = $"admin@account{found.PortalId}.example",
            ["hub_domain"] = $"account{found.PortalId}.example",
            ["scopes"] = Scopes(),
            ["token_use"] = found.Kind == "refresh" ? "refresh_token" : "access_token",
            ["token_type"] = found.Kind == "refresh" ? "refresh" : "Bearer",
        };
        if (found.ExpiresAt is { } expiry)
        {
            body["expires_in"] = (long)(expiry - now).TotalSeconds;
        }

        return (200, body, null);
    }

    private (int, JsonNode?, string?) Revoke(Dictionary<string, string> form)
    {
        tokens.Revoke(form.GetValueOrDefault("token") ?? "");
        return (204, null, null);
    }

    private JsonArray Scopes() => new([.. HubSpotScopes.Of(switches()).Select(scope => (JsonNode)scope)]);

    private static (int, JsonNode?, string?) Error(int status, string error, string description, string code) => (status, new JsonObject
    {
        ["error"] = error,
        ["error_description"] = description,
        ["status"] = code,
        ["message"] = description,
    }, null);

    private static Dictionary<string, string> Form(CrmRequest request) =>
        QueryHelpers.ParseQuery(request.BodyText).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
}
