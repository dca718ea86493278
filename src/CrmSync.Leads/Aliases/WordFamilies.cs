namespace CrmSync.Leads.Aliases;

/// <summary>
/// Words of titles that mean the same rank. A star stands for the rest of a word: Danish writes titles as one word, so
/// <c>*chef</c> finds <c>produktionschef</c>.
/// </summary>
public static class WordFamilies
{
    private static readonly Dictionary<string, string[]> Families = new(StringComparer.Ordinal)
    {
        ["manager"] = ["manager", "*chef", "*leder", "*manager", "superintendent"],
        ["head"] = ["head", "head of", "lead of", "team lead", "vp", "vice president", "*ansvarlig"],
        ["director"] = ["director", "*direktør", "*direktor", "*direktoer", "managing partner"],
        ["owner"] = ["owner", "co owner", "founder", "co founder", "ejer", "medejer", "indehaver", "stifter", "medstifter", "proprietor"],
        ["c level"] =
        [
            "ceo", "cfo", "cto", "coo", "cio", "cmo", "cso", "cpo", "cro", "chief", "president", "adm dir", "adm direktør",
            "administrerende",
        ],
        ["student"] = ["student", "*studerende", "internship", "praktikant", "*praktikant", "*elev", "lærling"],
        ["job seeker"] = ["job seeker", "jobseeker", "jobsøgende", "jobsøger", "arbejdssøgende", "unemployed", "arbejdsløs", "ledig", "open to work"],
    };

    /// <summary>The names of the families, as rules write them.</summary>
    public static IReadOnlyCollection<string> Names => Families.Keys;

    /// <summary>The words of a family, or the word itself.</summary>
    public static IReadOnlyList<string> Expand(string word) => Families.GetValueOrDefault(PlainText.Of(word)) ?? [word];
}
