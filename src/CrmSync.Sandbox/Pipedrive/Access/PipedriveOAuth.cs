using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmSync.Sandbox.Pipedrive.Access;

/// <summary>The OAuth host: consent, tokens for a code or a refresh token, and revoking. It answers at the same address as the API.</summary>
internal sealed class PipedriveOAuth(CredentialBook credentials, Uri baseUrl)
{
    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(5);

    /// <summary>Null for a path that is not OAuth's.</summary>
    public CrmReply? Answer(CrmRequest request) => (request.Method, request.Path.TrimEnd('/')) switch
    {
        ("GET", "/oauth/authorize") => Authorize(request),
        ("POST", "/oauth/token") => Grant(request),
        ("POST", "/oauth/revoke") => Revoke(request),
        _ => null,
    };

    /// <summary>Everybody who is asked agrees at once.</summary>
    private CrmReply Authorize(CrmRequest request)
    {
        if (credentials.App(request.Parameter("client_id") ?? "") is not { } app || request.Parameter("redirect_uri") is not { } back)
        {
            return Error("Invalid client_id or redirect_uri");
        }

        var code = credentials.Issue(app.Company, "code", CodeLasts, request.Now).Text;
        var target = QueryHelpers.AddQueryString(back, new Dictionary<string, string?> { ["code"] = code, ["state"] = request.Parameter("state") });
        return new CrmReply { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = target }, Identity = "app" };
    }

    private CrmReply Grant(CrmRequest request)
    {
        var form = Form(request);
        if (Client(request) is not { } app)
        {
            return Error("Client credentials are missing or wrong", "invalid_client");
        }

        var (kind, field) = form.GetValueOrDefault("grant_type") switch
        {
            "authorization_code" => ("code", "code"),
            "refresh_token" => ("refresh", "refresh_token"),
            _ => ("", ""),
        };
        if (kind.Length == 0)
        {
            return Error("grant_type is missing or not supported", "unsupported_grant_type");
        }

        if (credentials.Find(form.GetValueOrDefault(field) ?? "") is not { } grant || grant.Kind != kind || grant.Company != app.Company || !grant.IsGood(request.Now))
        {
            return Error(kind == "code" ? "Invalid or expired authorization_code" : "Invalid refresh_token", "invalid_grant");
        }

        return Tokens(app, grant, request.Now);
    }

    private CrmReply Tokens(PipedriveApp app, PipedriveCredential grant, DateTimeOffset now)
    {
        var switches = app.Company.Switches;
        CredentialBook.Prolong(grant, now);
        var refresh = grant.Kind == "code" || switches.RotateRefreshTokens ? credentials.IssueRefresh(app.Company, now) : grant;
        grant.SpentAt = refresh != grant ? grant.SpentAt ?? now : null;
        var access = credentials.Issue(app.Company, "oauth", TimeSpan.FromSeconds(switches.AccessTokenSeconds), now);
        return Json(200, new JsonObject
        {
            ["access_token"] = access.Text,
            ["token_type"] = "Bearer",
            ["refresh_token"] = refresh.Text,
            ["scope"] = string.Join(' ', (switches.Scopes ?? ScopeRule.Known).Prepend("base").Distinct()),
            ["expires_in"] = switches.AccessTokenSeconds - 1,
            ["api_domain"] = baseUrl.ToString().TrimEnd('/'),
        }) with
        {
            AccountId = app.Company.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private CrmReply Revoke(CrmRequest request)
    {
        if (Client(request) is not { } app)
        {
            return Error("Client credentials are missing or wrong", "invalid_client");
        }

        if (credentials.Find(Form(request).GetValueOrDefault("token") ?? "") is { } found && found.Company == app.Company)
        {
            if (found.Kind == "refresh")
            {
                credentials.RevokeApp(app.Company);
            }

            found.IsRevoked = true;
        }

        return Json(200, new JsonObject { ["success"] = true });
    }

    private PipedriveApp? Client(CrmRequest request)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[512];
        var parts = Convert.TryFromBase64String(header["Basic ".Length..], bytes, out var length) ? Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) : [];
        return parts.Length == 2 && credentials.App(parts[0]) is { } app && app.ClientSecret == parts[1] ? app : null;
    }

    private static CrmReply Error(string message, string error = "invalid_request") => Json(400, new JsonObject { ["success"] = false, ["error"] = error, ["message"] = message });

    private static CrmReply Json(int status, JsonObject body) => new()
    {
        Status = status,
        ContentType = "application/json; charset=utf-8",
        Body = Encoding.UTF8.GetBytes(body.ToJsonString()),
        Identity = "app",
    };

    private static Dictionary<string, string> Form(CrmRequest request) =>
        QueryHelpers.ParseQuery(request.BodyText).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
}
