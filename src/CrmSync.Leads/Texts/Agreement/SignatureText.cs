using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says who has signed, and whether for this content.</summary>
public static class SignatureText
{
    /// <summary>So many characters of a hash are shown, and must agree at the least.</summary>
    public const int ShortHash = 12;

    /// <summary>One sentence for each signature. <paramref name="content"/>: the hash of what is to be signed.</summary>
    public static IReadOnlyList<Statement> Of(RuleSet rules, string content, string language)
    {
        var words = new Wording(language);
        return [.. rules.SignedBy.Select(signature => new Statement(Say(signature, content, words)))];
    }

    private static string Say(Signature signature, string content, Wording words)
    {
        var on = signature.On is { } day ? $"{words[" den ", " on "]}{Day(day, words)}" : "";
        return $"{signature.By}, {signature.Department}{on}: {Scope(signature.Hash?.Trim(), content, words)}";
    }

    private static string Scope(string? signed, string content, Wording words)
    {
        if (string.IsNullOrEmpty(signed))
            return words["for et indhold, der ikke er angivet", "for a content that is not stated"];
        return signed.Length >= ShortHash && content.StartsWith(signed, StringComparison.OrdinalIgnoreCase)
            ? words["for netop dette indhold", "for exactly this content"]
            : words[$"for et andet indhold ({Short(signed)}), ikke for dette", $"for another content ({Short(signed)}), not for this one"];
    }

    private static string Short(string hash) => hash.Length <= ShortHash ? hash : hash[..ShortHash];

    private static string Day(string day, Wording words) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? words.Date(date) : day;
}
