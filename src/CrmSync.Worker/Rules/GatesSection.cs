using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads a <c>gates:</c>, that of the file or what a policy changes in it.</summary>
internal sealed class GatesSection(MapReader file, IReadOnlyList<Criterion> criteria, FactCatalogue catalogue)
{
    private static readonly string[] Names = ["mql", "offer", "sql"];
    private static readonly string[] Keys = ["fit", "interest", "orHandRaise", "met", "atLeastOf", "noneNotMet", "anyKnown"];
    private readonly bool _allHaveIds = file.Has("criteria") && file.Items("criteria").Count == criteria.Count;
    private readonly List<string> _ids = [.. criteria.Select(criterion => criterion.Id)];

    /// <summary>The gates of the file itself.</summary>
    internal GatesDraft OfFile()
    {
        file.Require("gates");
        var gates = file.Map("gates", Names);
        gates?.Require("mql");
        var empty = new GateDraft(file.Find("gates") ?? file.At);
        return Changed(new(empty, empty, empty), gates);
    }

    /// <summary>What a policy's own <c>gates:</c> make of those that it inherits; parts left out stay.</summary>
    internal GatesDraft OfPolicy(MapReader policy, GatesDraft inherited) => Changed(inherited, policy.Map("gates", Names));

    private GatesDraft Changed(GatesDraft before, MapReader? gates) =>
        new(Changed(before.Mql, gates, "mql"), Changed(before.Offer, gates, "offer"), Changed(before.SalesQualified, gates, "sql"));

    private GateDraft Changed(GateDraft before, MapReader? gates, string key)
    {
        if (gates?.Map(key, Keys) is not { } map)
            return before;
        var draft = before with
        {
            At = map.At,
            Fit = Threshold(map, "fit", before.Fit),
            Interest = Threshold(map, "interest", before.Interest),
            OrHandRaise = map.Flag("orHandRaise", before.OrHandRaise),
            Met = map.Has("met") ? Ids(map, "met") : before.Met,
            NoneNotMet = map.Has("noneNotMet") ? Ids(map, "noneNotMet") : before.NoneNotMet,
            AnyKnown = map.Has("anyKnown") ? Slots(map) : before.AnyKnown,
        };
        if (IsNone(map, "atLeastOf"))
            return draft with { AtLeast = 0, Of = [] };
        return map.Map("atLeastOf", ["count", "of"]) is { } several ? Several(draft, several) : draft;
    }

    private GateDraft Several(GateDraft draft, MapReader several)
    {
        draft = draft with { AtLeast = several.Integer("count", 1, 64, required: true) ?? 0, Of = Ids(several, "of", required: true) };
        if (_allHaveIds && draft.AtLeast > draft.Of.Count)
            several.Problems.Error(several.Find("count")!, $"{draft.AtLeast} of {draft.Of.Count} criteria can never be met.", $"Ask for at most {draft.Of.Count}.");
        return draft;
    }

    private static Threshold? Threshold(MapReader map, string key, Threshold? before)
    {
        if (!map.Has(key))
            return before;
        return !IsNone(map, key) && map.Integer(key, 1, 100) is { } least ? new(least, map.Find(key)!) : null;
    }

    // How a policy takes away what it inherits.
    private static bool IsNone(MapReader map, string key) => map.Find(key) is YamlText { Value: "none" };

    private List<YamlText> Ids(MapReader map, string key, bool required = false)
    {
        var ids = map.Texts(key, required).ToLookup(id => _ids.Contains(id.Value));
        // Of a criterion without an id nobody knows which one it was meant to be.
        foreach (var unknown in ids[false].Where(_ => _allHaveIds))
            map.Problems.Error(unknown, $"No criterion has the id '{unknown.Value}'.", Spelling.Suggest(unknown.Value, _ids));
        return [.. ids[true]];
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
