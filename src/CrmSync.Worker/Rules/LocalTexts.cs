using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>{ en: ..., da: ... }</c>.</summary>
internal static class LocalTexts
{
    internal static readonly string[] Languages = ["en", "da"];

    internal static LocalText? Read(MapReader map, string key)
    {
        if (map.Map(key, Languages) is not { } texts)
            return null;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in Languages)
            if (texts.Text(language) is { } text)
                found[language] = text;
        return new(found);
    }
}
