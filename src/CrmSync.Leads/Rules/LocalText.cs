namespace CrmSync.Leads.Rules;

/// <summary>A text that the rule file gives in each of its languages (<c>en</c>, <c>da</c>).</summary>
public sealed record LocalText(IReadOnlyDictionary<string, string> ByLanguage)
{
    public LocalText(string english, string danish) : this(new Dictionary<string, string> { ["en"] = english, ["da"] = danish })
    {
    }

    /// <summary>The text in a language, else in English, else in any.</summary>
    public string In(string language) =>
        ByLanguage.GetValueOrDefault(language) ?? ByLanguage.GetValueOrDefault("en") ?? ByLanguage.Values.FirstOrDefault() ?? "";
}
