using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says who has signed, and whether for this content.</summary>
public static class SignatureText
{
    /// <summary>So many characters of a hash tell contents apart for a reader.</summary>
    public const int ShortHash = 12;

    /// <summary>One sentence for each signature.</summary>
    public static IReadOnlyList<Clause> Of(RuleSet rules, string language)
    {
        var words = new Wording(language);
        return [.. rules.SignedBy.Select(signature => new Clause(Say(signature, rules.CurrentSignatures.Contains(signature), words)))];
    }

    private static string Say(Signature signature, bool current, Wording words)
    {
        var on = signature.On is { } day ? $"{words[" den ", " on "]}{Day(day, words)}" : "";
        return $"{signature.By}, {signature.Department}{on}: {Scope(signature.Hash, current, words)}";
    }

    private static string Scope(string? signed, bool current, Wording words) => (signed, current) switch
    {
        (_, true) => words["for netop dette indhold", "for exactly this content"],
        (null or "", _) => words["for et indhold, der ikke er angivet", "for a content that is not stated"],
        _ => words[$"for et andet indhold ({Short(signed)}), ikke for dette", $"for another content ({Short(signed)}), not for this one"],
    };

    private static string Short(string hash) => hash.Length <= ShortHash ? hash : hash[..ShortHash];

    private static string Day(string day, Wording words) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? words.Date(date) : day;
}
