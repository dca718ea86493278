using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>gates:</c> and refuses those that no lead could pass.</summary>
internal sealed class GatesSection(MapReader file, IReadOnlyList<Criterion> criteria, FactCatalogue catalogue)
{
    private static readonly string[] Keys = ["fit", "interest", "orHandRaise", "met", "atLeastOf", "noneNotMet", "anyKnown"];

    internal Gates Read()
    {
        file.Require("gates");
        var gates = file.Map("gates", ["mql", "offer", "sql"]);
        gates?.Require("mql");
        return new(Read(gates, "mql"), Read(gates, "offer"), Read(gates, "sql"));
    }

    private Gate Read(MapReader? gates, string key)
    {
        if (gates?.Map(key, Keys) is not { } map)
            return new Gate();
        var several = map.Map("atLeastOf", ["count", "of"]);
        var gate = new Gate
        {
            Fit = Threshold(map, CriterionGroup.Fit, "fit"),
            Interest = Threshold(map, CriterionGroup.Interest, "interest"),
            OrHandRaise = map.Flag("orHandRaise"),
            Met = Indexes(map, "met"),
            AtLeast = several?.Integer("count", 1, 64, required: true) ?? 0,
            Of = several is null ? [] : Indexes(several, "of", required: true),
            NoneNotMet = Indexes(map, "noneNotMet"),
            AnyKnown = Slots(map),
        };
        if (gate.AtLeast > gate.Of.Count)
            map.Problems.Error(several!.Find("count")!, $"{gate.AtLeast} of {gate.Of.Count} criteria can never be met.", $"Ask for at most {gate.Of.Count}.");
        if (gate.OrHandRaise && !criteria.Any(criterion => criterion.HandRaise))
            map.Problems.Error(map.Find("orHandRaise")!, "No criterion is a hand-raise.", "Set handRaise: true on one.");
        if (key == "mql" && gate is { Fit: null, Interest: null, Met.Count: 0, AtLeast: 0 })
            map.Problems.Warn(map.At, gate.OrHandRaise ? "Without a threshold every lead passes, raised hand or not." : "Every lead passes this gate.", "Set 'fit' or 'interest'.");
        return gate;
    }

    private int? Threshold(MapReader map, CriterionGroup group, string key)
    {
        if (map.Integer(key, 1, 100) is not { } threshold)
            return null;
        var most = criteria.Where(criterion => criterion.Group == group).Sum(criterion => Math.Max(0, criterion.Points));
        if (most < threshold && !file.Problems.HasErrors)
            map.Problems.Error(map.Find(key)!, $"{threshold} can never be reached: the criteria of '{key}' add up to {most}.", $"Lower it to {most} or less, or raise points.");
        return threshold;
    }

    private List<int> Indexes(MapReader map, string key, bool required = false)
    {
        var indexes = new List<int>();
        var ids = criteria.Select(criterion => criterion.Id).ToList();
        foreach (var id in map.Texts(key, required))
        {
            if (ids.IndexOf(id.Value) is >= 0 and var index)
                indexes.Add(index);
            else
                map.Problems.Error(id, $"No criterion has the id '{id.Value}'.", Spelling.Suggest(id.Value, ids));
        }
        return indexes;
    }

    private List<int> Slots(MapReader map)
    {
        var slots = new List<int>();
        foreach (var name in map.Texts("anyKnown"))
        {
            if (catalogue.SlotOf(name.Value) is >= 0 and var slot)
                slots.Add(slot);
            else
                map.Problems.Error(name, $"No fact is named '{name.Value}'.", Spelling.Suggest(name.Value, [.. catalogue.Definitions.Select(d => d.Name)]));
        }
        return slots;
    }
}
