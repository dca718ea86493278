using System.Text.Json.Nodes;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Access;
using CrmSync.Sandbox.HubSpot.Api;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot;

/// <summary>What stands before every endpoint: who calls, whether they may, and whether they have called too often.</summary>
internal static class HubSpotGate
{
    public const string NoCredentials = "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at "
        + "https://developers.hubspot.com/docs/methods/auth/oauth-overview";

    public static string? BearerOf(CrmRequest request) =>
        request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    /// <summary>The credential of a call, or the 401 that it deserves.</summary>
    public static Credential Authenticate(TokenBook tokens, CrmRequest request)
    {
        if (BearerOf(request) is not { } token || tokens.Find(token) is not { IsRevoked: false, Kind: "static" or "oauth" } credential)
        {
            throw new HubSpotRefusal(401, NoCredentials, "INVALID_AUTHENTICATION");
        }

        if (credential.ExpiresAt is { } expiry && expiry <= request.Now)
        {
            var seconds = (long)(request.Now - expiry).TotalSeconds;
            throw new HubSpotRefusal(401, $"The OAuth token used to make this call expired {seconds} second(s) ago.", "EXPIRED_AUTHENTICATION")
            {
                Context = new JsonObject { ["expire time"] = new JsonArray(Instants.Format(expiry)) },
            };
        }

        return credential;
    }

    public static void RequireScope(Portal portal, Route route, IReadOnlyDictionary<string, string> parts)
    {
        if (route.Scope is null)
        {
            return;
        }

        var type = parts.TryGetValue("type", out var name) ? ObjectType.Find(name) : null;
        var scope = route.Scope.Replace("{}", type?.ScopeName ?? "contacts", StringComparison.Ordinal);
        if (HubSpotScopes.Of(portal.Switches).Contains(scope))
        {
            return;
        }

        const string Message = "This app hasn't been granted all required scopes to make this call. "
            + "Read more about required scopes here: https://developers.hubspot.com/scopes.";
        throw new HubSpotRefusal(403, Message, "MISSING_SCOPES")
        {
            Errors = new JsonArray(new JsonObject
            {
                ["message"] = "One or more of the following scopes are required.",
                ["context"] = new JsonObject { ["requiredGranularScopes"] = new JsonArray(scope) },
            }),
            Links = new JsonObject { ["scopes"] = "https://developers.hubspot.com/scopes" },
        };
    }

    /// <summary>The documented body, and the shorter one that searches have been seen to answer with.</summary>
    public static JsonObject TooMany(string policy, bool isSearch, string correlationId)
    {
        var message = policy switch
        {
            "DAILY" => "You have reached your daily limit.",
            "SECONDLY" => "You have reached your secondly limit.",
            _ => "You have reached your ten_secondly_rolling limit.",
        };
        return isSearch && policy == "SECONDLY"
            ? new JsonObject { ["status"] = "error", ["message"] = message, ["correlationId"] = correlationId, ["category"] = "RATE_LIMITS" }
            : new JsonObject
            {
                ["status"] = "error",
                ["message"] = message,
                ["errorType"] = "RATE_LIMIT",
                ["correlationId"] = correlationId,
                ["policyName"] = policy,
                ["requestId"] = correlationId.Replace("-", "", StringComparison.Ordinal),
            };
    }
}
