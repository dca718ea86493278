using System.Text.RegularExpressions;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// What a form's name stands for: the account's own words first, then Danish and English defaults. Hand-raises skip the
/// thresholds, so their words must stand alone: "pris" is not in "enterprise", nor "demo" in "demographics".
/// </summary>
internal static partial class HubSpotFormKinds
{
    public static string? Of(string name, IReadOnlyList<FormMapping> mappings)
    {
        foreach (var mapping in mappings)
            if (name.Contains(mapping.Contains, StringComparison.OrdinalIgnoreCase))
                return mapping.Kind;
        return HandRaise().IsMatch(name) ? EngagementKinds.HandRaise
            : Content().IsMatch(name) ? EngagementKinds.ContentDownload
            : AdForm().IsMatch(name) ? EngagementKinds.AdForm
            : null;
    }

    [GeneratedRegex(@"(?<!\w)(demo|demomøde|demobooking|price|prices|pricing|quote|contact|pris|priser|prisliste|pristilbud|tilbud|kontakt|kontaktformular)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HandRaise();

    [GeneratedRegex(@"guide|white ?paper|hvidbog|e-?book|e-bog|download|(?<!\w)hent(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Content();

    [GeneratedRegex(@"(facebook|linkedin|google|meta).{0,20}(lead|ad)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AdForm();
}
