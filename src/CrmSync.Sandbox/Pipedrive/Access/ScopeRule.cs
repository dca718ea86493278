using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Access;

/// <summary>What an app may do: one of the scopes of an endpoint. A user's API token may do what the user may.</summary>
internal static class ScopeRule
{
    public static readonly IReadOnlyList<string> Known =
    [
        "base", "leads:full", "deals:full", "contacts:full", "activities:full", "users:read", "deal-fields:full", "contact-fields:full", "recents:read", "search:read", "admin",
    ];

    /// <summary>Throws when an app lacks the scope. The error says "URL mismatch" whatever is amiss.</summary>
    public static void Require(PipedriveCredential credential, PipedriveSwitches switches, string[] scopes)
    {
        var granted = switches.Scopes ?? Known;
        if (credential.Kind == "oauth" && scopes.Length > 0 && !scopes.Any(granted.Contains))
        {
            throw Refusal.Gateway(403, "Scope and URL mismatch");
        }
    }
}
