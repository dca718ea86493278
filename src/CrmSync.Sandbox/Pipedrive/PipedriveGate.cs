using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Access;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive;

/// <summary>What stands before every endpoint: who calls, whether they may, and whether they have called too often.</summary>
internal static class PipedriveGate
{
    public const string FirewallPage = "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1>"
        + "<p>You are unable to access pipedrive.com</p></body></html>";

    /// <summary>The token that a request carries. With two of them, the API token counts.</summary>
    public static string? TokenOf(CrmRequest request, bool isQueryRead) => ApiTokenOf(request, isQueryRead) ?? BearerOf(request);

    private static string? ApiTokenOf(CrmRequest request, bool isQueryRead) => request.Header("x-api-token") ?? (isQueryRead ? request.Parameter("api_token") : null);

    private static string? BearerOf(CrmRequest request) =>
        request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    /// <summary>The credential of a call, or the 401 that it deserves.</summary>
    public static PipedriveCredential Authenticate(CredentialBook credentials, CrmRequest request, PipedriveSwitches switches)
    {
        var credential = TokenOf(request, switches.QueryToken) is { } token ? credentials.Find(token) : null;
        // Each kind goes in a header of its own, and in the other's is none.
        if (credential?.Kind != (ApiTokenOf(request, switches.QueryToken) is null ? "oauth" : "token") || !credential.IsGood(request.Now))
        {
            throw Refusal.Gateway(401, "unauthorized access");
        }

        return switches.ApiAccess switch
        {
            "401" => throw Refusal.Gateway(401, "unauthorized access"),
            "403" => throw Refusal.Generic(403, "API access is not enabled for this user", "Please contact your account's admin."),
            _ => credential,
        };
    }

    /// <summary>Counts a call; false when the second or the day has no room for it.</summary>
    public static bool TryEnter(PipedriveAccount target, PipedriveCredential credential, int cost, bool isSearch, DateTimeOffset now)
    {
        var switches = target.Company.Switches;
        var burst = target.Burst(credential.Text);
        if (burst.TryEnter(switches, credential.Kind, isSearch, now) && target.Purse.TrySpend(switches, cost, now))
        {
            return true;
        }

        burst.CountRefused(switches, credential.Kind, now);
        return false;
    }
}
