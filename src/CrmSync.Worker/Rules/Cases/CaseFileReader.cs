using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>Reads the root of a file of cases: what they share, and each of them.</summary>
internal sealed class CaseFileReader(RuleSet rules, ProblemList problems)
{
    private const int Most = 2_000;
    private static readonly string[] Keys = ["at", "otherActs", "leads", "cases"];
    private static readonly string[] CaseKeys = ["name", "at", "lead", "facts", "otherActs", "coolOff", "accepted", "expect"];
    private readonly FactsReader _facts = new(rules.Catalogue, problems);
    private readonly ExpectationReader _expectations = new(rules);
    private readonly Dictionary<string, IReadOnlyList<GivenFact>> _leads = new(StringComparer.Ordinal);
    private CaseInstant? _at;
    private bool _noOtherActs;

    internal IReadOnlyList<LeadCase>? Read(YamlNode root)
    {
        if (root is not YamlMap map)
        {
            problems.Error(root, "A file of cases must be a map.", "Write cases: and a list under it.");
            return null;
        }
        var file = new MapReader(map, problems, "A file of cases", Keys);
        _at = Judged(file);
        _noOtherActs = NoOtherActs(file, otherwise: false);
        foreach (var (name, facts) in Leads(file))
            _leads[name.Value] = _facts.Read(facts, $"The lead '{name.Value}'");
        var items = file.Items("cases", required: true);
        if (items.Count == 0 && file.Find("cases") is { } empty)
            problems.Error(empty, "There is no case.", "Write - name: ...");
        if (items.Count > Most)
            problems.Error(items[Most], $"There are more than {Most} cases.", "Split them into several files and test each with --cases.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. items.Take(Most).Select(item => Case(item, names)).OfType<LeadCase>()];
    }

    private LeadCase? Case(YamlNode node, HashSet<string> names)
    {
        if (node is not YamlMap map)
        {
            problems.Error(node, "A case must be a map.", "Write - name: ...");
            return null;
        }
        var reader = new MapReader(map, problems, "A case", CaseKeys);
        var name = reader.Text("name", required: true);
        if (name is not null && !names.Add(name))
            problems.Error(reader.Find("name")!, $"The name '{name}' is taken.", "Give every case a name of its own.");
        var given = Lead(reader).Concat(reader.Find("facts") is { } facts ? _facts.Read(facts, "'facts'") : []).ToList();
        var expected = _expectations.Read(reader);
        if ((Judged(reader) ?? _at) is not { } judged)
        {
            problems.Error(map, "Nothing says when this case is judged.", "Add at: 2026-11-23, here or at the top of the file.");
            return null;
        }
        var at = judged.Before(default);
        var context = new LeadContext(at, CoolOffReader.Read(reader, at), reader.Flag("accepted"));
        return name is null || expected is null
            ? null
            : new(name, map.Line, _facts.Gather(given, at, NoOtherActs(reader, _noOtherActs)), context, expected);
    }

    private IReadOnlyList<GivenFact> Lead(MapReader reader)
    {
        if (reader.Text("lead") is not { } name)
            return [];
        if (_leads.TryGetValue(name, out var facts))
            return facts;
        problems.Error(reader.Find("lead")!, $"No lead is named '{name}'.", _leads.Count == 0 ? "Add it under leads:." : Spelling.Suggest(name, _leads.Keys));
        return [];
    }

    private IReadOnlyList<(YamlText, YamlNode)> Leads(MapReader file)
    {
        if (file.Find("leads") is YamlMap map)
            return map.Entries;
        if (file.Find("leads") is { } node)
            problems.Error(node, "'leads' must be a map.", "Write the name of a lead and its facts under it.");
        return [];
    }

    private static CaseInstant? Judged(MapReader map)
    {
        if (map.Find("at") is not { } node)
            return null;
        if (CaseInstant.Read(node, map.Problems) is not { IsFixed: false })
            return CaseInstant.Read(node, map.Problems);
        map.Problems.Error(node, "The instant of judgement must be fixed, for everything else counts from it.", "Write 2026-11-23 or 2026-11-23T09:15:00Z.");
        return null;
    }

    private static bool NoOtherActs(MapReader map, bool otherwise) => map.Choice("otherActs", otherwise, ("none", true), ("unknown", false));
}
