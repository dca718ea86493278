namespace CrmSync.Worker.Rules.Review;

/// <summary>Finds nodes of a rule file by their keys.</summary>
internal static class YamlPaths
{
    internal static YamlNode? Find(this YamlMap map, string key) => map.Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;

    internal static string? TextAt(this YamlMap map, string key) => (map.Find(key) as YamlText)?.Value;

    /// <summary>The maps in the list under a key.</summary>
    internal static IEnumerable<YamlMap> MapsAt(this YamlMap map, string key) => map.Find(key) is YamlList list ? list.Items.OfType<YamlMap>() : [];

    /// <summary>The node at the end of a path of keys, or the last one on the way that is there.</summary>
    internal static YamlNode Nearest(this YamlMap map, params ReadOnlySpan<string> path)
    {
        YamlNode node = map;
        foreach (var key in path)
        {
            if ((node as YamlMap)?.Find(key) is not { } next)
                return node;
            node = next;
        }
        return node;
    }
}
