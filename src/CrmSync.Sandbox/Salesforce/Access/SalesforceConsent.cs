using System.Security.Cryptography;
using System.Text;
using CrmSync.Sandbox.Engine;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>The page where a user lets an app in, with a user who always agrees, and the codes that come of it. A code is good once, for a quarter of an hour.</summary>
internal sealed class SalesforceConsent(SessionBook sessions)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);
    private readonly Dictionary<string, PendingConsent> codes = new(StringComparer.Ordinal);

    /// <summary>Null when the path is not the page's.</summary>
    public CrmReply? Answer(CrmRequest request)
    {
        if (request.Method != "GET" || request.Path.TrimEnd('/') != "/services/oauth2/authorize")
        {
            return null;
        }

        if (sessions.AppOf(request.Parameter("client_id")) is not { } app || request.Parameter("redirect_uri") is not { } back || request.Parameter("response_type") != "code")
        {
            return new CrmReply { Status = 400, ContentType = "text/html", Body = "error=invalid_client_id&error_description=client identifier invalid"u8.ToArray(), Identity = "app" };
        }

        var code = "aPrx" + app.Org.Secret($"code{codes.Count}");
        codes[code] = new(app, back, request.Parameter("code_challenge"), request.Now + Lasts);
        var target = QueryHelpers.AddQueryString(back, new Dictionary<string, string?> { ["code"] = code, ["state"] = request.Parameter("state") });
        return new CrmReply { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = target }, Identity = "app" };
    }

    /// <summary>Spends a code; what is wrong with it, or null.</summary>
    public string? Refuse(ConnectedApp asking, Dictionary<string, string> form, DateTimeOffset now)
    {
        if (!codes.Remove(form.GetValueOrDefault("code") ?? "", out var known) || known.EndsAt < now)
        {
            return "expired authorization code";
        }

        return known.App != asking ? "client identifier invalid"
            : known.Redirect != form.GetValueOrDefault("redirect_uri") ? "redirect_uri must match configuration"
            : known.Challenge is { } challenge && challenge != ChallengeOf(form.GetValueOrDefault("code_verifier") ?? "") ? "invalid code verifier"
            : null;
    }

    private static string ChallengeOf(string verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private sealed record PendingConsent(ConnectedApp App, string Redirect, string? Challenge, DateTimeOffset EndsAt);
}
