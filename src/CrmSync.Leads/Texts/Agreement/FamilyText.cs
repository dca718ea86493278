using CrmSync.Leads.Aliases;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Names families of words, and shows a word that may stand at the end or beginning of another.</summary>
internal static class FamilyText
{
    /// <summary>"a word for manager or owner", "the word "buyer"".</summary>
    internal static string Of(IReadOnlyList<string> given, Wording words)
    {
        var families = given.Where(IsFamily).Select(word => Name(word, words)).ToList();
        var others = given.Where(word => !IsFamily(word)).Select(word => $"\"{Shown(word)}\"").ToList();
        var parts = new List<string>();
        if (families.Count > 0)
            parts.Add($"{words["et ord for", "a word for"]} {words.Or(families)}");
        if (others.Count > 0)
            parts.Add($"{(others.Count == 1 ? words["ordet", "the word"] : words["et af ordene", "one of the words"])} {words.Or(others)}");
        return words.Or(parts);
    }

    internal static bool IsFamily(string word) => WordFamilies.Names.Contains(PlainText.Of(word));

    internal static string Name(string family, Wording words) => PlainText.Of(family) switch
    {
        "manager" => words["chef eller leder", "manager"],
        "head" => words["ansvarlig", "head"],
        "director" => words["direktør", "director"],
        "owner" => words["ejer", "owner"],
        "c level" => words["topledelse", "C-level"],
        "student" => words["studerende", "student"],
        "job seeker" => words["jobsøger", "job seeker"],
        var other => other,
    };

    /// <summary>The star of the rule file as three dots: "…chef".</summary>
    internal static string Shown(string word) => word.Replace('*', '…');
}
