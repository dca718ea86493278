using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>criteria:</c>.</summary>
internal sealed class CriteriaSection(MapReader file, ConditionReader conditions, IReadOnlyList<string> languages, ScoresSection scores)
{
    private const int Most = 64;
    private static readonly string[] Keys = ["id", "group", "when", "points", "halfLife", "handRaise", "text"];

    internal IReadOnlyList<Criterion> Read()
    {
        var criteria = new List<Criterion>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var items = file.Items("criteria", required: true);
        if (items.Count > Most)
            file.Problems.Error(items[Most], $"There are more than {Most} criteria.", "Five to fourteen are usual.");
        foreach (var node in items.Take(Most))
        {
            if (node is not YamlMap map)
                file.Problems.Error(node, "A criterion must be a map.", "Write - id: ...");
            else if (Read(new MapReader(map, file.Problems, "A criterion", Keys), ids) is { } criterion)
                criteria.Add(criterion);
        }
        return criteria;
    }

    private Criterion? Read(MapReader map, HashSet<string> ids)
    {
        var id = map.Text("id", required: true);
        if (id is not null && !ids.Add(id))
            map.Problems.Error(map.Find("id")!, $"The id '{id}' is taken.", "Give every criterion an id of its own.");
        map.Require("group");
        var group = map.Choice<CriterionGroup?>("group", null, ("fit", CriterionGroup.Fit), ("interest", CriterionGroup.Interest),
            ("bant", CriterionGroup.Bant), ("blocker", CriterionGroup.Blocker));
        var points = Points(map, group);
        var text = Text(map);
        var when = map.Require("when") is { } node ? conditions.Read(node) : null;
        var halfLife = map.Has("halfLife") ? ScoresSection.Days(map) : scores.HalfLife(group);
        var handRaise = map.Flag("handRaise");
        if (handRaise && group is not (null or CriterionGroup.Interest))
            map.Problems.Error(map.Find("handRaise")!, "Only a criterion of interest can be a hand-raise.");
        if (id is null)
            return null;
        if (when is null && !map.Problems.HasErrors)
            map.Problems.Error(map.At, "The condition of this criterion cannot be read.");
        // A broken criterion stands where it is named, so that no gate misses it; the file is refused anyway.
        var test = when ?? new InCoolOff();
        return new(id, group ?? CriterionGroup.Fit, test, points, text, test.Window > TimeSpan.Zero ? halfLife : null) { HandRaise = handRaise };
    }

    private static int Points(MapReader map, CriterionGroup? group)
    {
        if (group is CriterionGroup.Bant or CriterionGroup.Blocker)
        {
            if (map.KeyOf("points") is { } key)
                map.Problems.Error(key, "Only fit and interest carry points.", "Remove it.");
            return 0;
        }
        return map.Integer("points", -100, 100, required: group is not null) ?? 0;
    }

    private LocalText Text(MapReader map)
    {
        map.Require("text");
        return LocalTexts.Read(map, "text", languages) ?? new(new Dictionary<string, string>());
    }
}
