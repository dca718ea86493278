using System.Text.RegularExpressions;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Values;

/// <summary>
/// What a form's name stands for: the account's own words first, then Danish and English defaults. Hand-raises skip the
/// thresholds, so their words must stand alone: "pris" is not in "enterprise", nor "demo" in "demographics".
/// </summary>
internal static partial class FormKinds
{
    public static string? Of(string name, IReadOnlyList<FormMapping> mappings)
    {
        foreach (var mapping in mappings)
            if (name.Contains(mapping.Contains, StringComparison.OrdinalIgnoreCase))
                return mapping.Kind;
        // An ad's own form takes one tap and is filled in beforehand: whatever it offers, it is no request.
        return AdForm().IsMatch(name) ? EngagementKinds.AdForm
            : HandRaise().IsMatch(name) ? EngagementKinds.HandRaise
            : Content().IsMatch(name) ? EngagementKinds.ContentDownload
            : null;
    }

    [GeneratedRegex(@"(?<!\w)(demo|demomøde|demobooking|price|prices|pricing|quote|contact|pris|priser|prisliste|pristilbud|tilbud|kontakt|kontaktformular)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HandRaise();

    [GeneratedRegex(@"guide|white ?paper|hvidbog|e-?book|e-bog|download|(?<!\w)hent(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Content();

    [GeneratedRegex(@"(?<!\w)(facebook|instagram|linkedin|google|meta)\W.{0,20}?(?<!\w)(ad|ads|lead ad|lead ads|lead gen)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AdForm();
}
