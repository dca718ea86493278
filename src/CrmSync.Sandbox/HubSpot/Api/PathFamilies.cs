using System.Text.RegularExpressions;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>
/// Two families of paths lead to one store: <c>/crm/v3/objects/contacts</c> has its version before the subject, <c>/crm/objects/2026-09/contacts</c> after it.
/// </summary>
internal static partial class PathFamilies
{
    /// <summary>The path's parts without <c>crm</c> and the version; null for a path of neither family.</summary>
    public static string[]? Normalise(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return parts switch
        {
            ["crm", "v3", "associations", .. var rest] => ["associations-v3", .. rest],
            ["crm", "v3" or "v4", .. var rest] => rest,
            ["crm", var subject, var version, .. var rest] when IsDated(version) => [subject, .. rest],
            ["account-info", var version, .. var rest] when version == "v3" || IsDated(version) => ["account-info", .. rest],
            _ => null,
        };
    }

    public static bool IsDated(string version) => Dated().IsMatch(version);

    [GeneratedRegex("^20[0-9]{2}-(03|09)$")]
    private static partial Regex Dated();
}
