namespace CrmSync.Worker.Rules.Review;

/// <summary>Looks at the facts of a company's own: asked for, and filled from anywhere?</summary>
internal static class FactReview
{
    internal static void Review(SourceFile file, ReviewNotes notes)
    {
        var asked = file.Conditions.SelectMany(Subjects.Tests).SelectMany(test => test.Facts).Select(fact => fact.Name).ToHashSet(StringComparer.Ordinal);
        var whole = file.Criteria.Concat(file.Policies).Concat(file.AssignRules).All(entry => entry.When is not null || entry.Map.Find("when") is null);
        foreach (var map in file.Tree.MapsAt("facts"))
        {
            if (map.TextAt("name") is not { } name || !file.CustomFacts.Contains(name))
                continue;
            var needed = asked.Contains(name) || IsGateFact(file.Tree, name);
            if (whole && !needed)
                notes.Note(map, $"Nothing asks for the fact '{name}'.", "Remove it, or use it in a criterion.");
            else if (needed && map.Find("from") is null or YamlMap { Entries.Count: 0 } or YamlText { Value: "" })
                notes.Note(map, $"'{name}' is unknown on every lead until 'from' names a property.", "Write from: { \"*\": property_name }.");
        }
    }

    private static bool IsGateFact(YamlMap tree, string name) => tree.Find("gates") is YamlMap gates && gates.Entries.Any(gate =>
        gate.Value is YamlMap map && map.Find("anyKnown") is { } known && (known is YamlText { Value: var one } ? one == name : known is YamlList list && list.Items.Any(item => item is YamlText text && text.Value == name)));
}
