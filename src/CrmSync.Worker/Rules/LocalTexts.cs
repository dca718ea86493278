using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>{ en: ..., da: ... }</c>; a text that is required in a language and missing is an error.</summary>
internal static class LocalTexts
{
    internal static readonly string[] Languages = ["en", "da"];

    internal static LocalText? Read(MapReader map, string key, IReadOnlyCollection<string>? required = null)
    {
        if (map.Map(key, Languages) is not { } texts)
            return null;
        foreach (var language in (required ?? []).Where(language => !texts.Has(language) && !texts.IsMisspelt(language)))
            map.Problems.Error(texts.At, $"The text in '{language}' is missing.", $"Add {language}: ..., or take it out of 'languages'.");
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in Languages)
            if (texts.Text(language) is { } text)
                found[language] = text;
        return new(found);
    }
}
