using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>policies:</c>, the criteria and gates of a product, segment or region, and those of everybody else.</summary>
internal sealed class PoliciesSection(
    MapReader file, ConditionReader conditions, IReadOnlyList<Criterion> criteria, GatesSection gates, ScoreCaps caps)
{
    private const int Most = 32;
    private static readonly string[] Keys = ["id", "when", "extends", "criteria", "without", "points", "gates", "sla"];
    private readonly ProblemList _problems = file.Problems;

    internal (Policy Default, IReadOnlyList<Policy> Policies) Read()
    {
        var own = new PolicyDraft(criteria, gates.OfFile());
        var entries = Entries();
        var resolver = new PolicyResolver(entries, own, gates, _problems);
        var policies = entries.Select(entry => Compile(entry.Id, entry.When, resolver.Resolve(entry), entry.Id)).ToList();
        // The file's gates are checked although a default of the list may stand in for them: they are what policies start from.
        var usual = Compile(Policy.OwnId, null, own, null);
        if (entries.FindIndex(entry => entry.IsDefault) is >= 0 and var index)
            usual = policies[index];
        WarnOfUnasked(usual, policies);
        return (usual, policies);
    }

    private List<PolicyEntry> Entries()
    {
        var entries = new List<PolicyEntry>();
        if (IsMap())
            return entries;
        var items = file.Items("policies");
        if (items.Count > Most)
            _problems.Error(items[Most], $"There are more than {Most} policies.", "Two to five are usual.");
        foreach (var node in items.Take(Most))
        {
            if (entries.Find(entry => entry.IsDefault) is { } early)
                _problems.Error(node, $"'{early.Id}' has no 'when' and judges every lead that gets there; what follows is never asked.", "Move it to the end.");
            if (node is not YamlMap map)
                _problems.Error(node, "A policy must be a map.", "Write - { id: ..., when: { ... } }.");
            else if (Entry(new MapReader(map, _problems, "A policy", Keys), entries) is { } entry)
                entries.Add(entry);
        }
        return entries;
    }

    private PolicyEntry? Entry(MapReader map, List<PolicyEntry> before)
    {
        var id = map.Text("id", required: true);
        var when = map.Find("when") is { } node ? conditions.Read(node) : null;
        if (id is null)
            return null;
        if (before.Any(entry => entry.Id == id))
            _problems.Error(map.Find("id")!, $"The id '{id}' is taken.", "Give every policy an id of its own.");
        if (id == Policy.OwnId && map.Has("when"))
            _problems.Error(map.Find("id")!, $"'{id}' is what the criteria and gates of the file are called.", "Choose another id.");
        return new(id, map, when);
    }

    private bool IsMap()
    {
        if (file.Find("policies") is not YamlMap map)
            return false;
        var moved = map.Entries.Select(entry => entry.Key.Value).Intersect(HandoverSection.Moved).ToList();
        if (moved.Count > 0)
            _problems.Error(map, $"'policies' is the list of policies; {string.Join(", ", moved)} no longer stand there.", "Move them to 'handover:'.");
        else
            _problems.Error(map, "'policies' must be a list.", "Write - { id: ..., when: { ... } }.");
        return true;
    }

    private Policy Compile(string id, Condition? when, PolicyDraft draft, string? name) => new()
    {
        Id = id,
        When = when,
        Criteria = draft.Criteria,
        Gates = new GateCompiler(draft.Criteria, caps, _problems, name).Compile(draft.Gates),
        Caps = caps,
        Sla = draft.Sla,
    };

    private void WarnOfUnasked(Policy usual, List<Policy> policies)
    {
        var asked = policies.Append(usual).SelectMany(policy => policy.Criteria).Select(criterion => criterion.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var criterion in criteria.Where(criterion => !asked.Contains(criterion.Id)))
            _problems.Warn(file.Find("criteria")!, $"No policy asks for the criterion '{criterion.Id}'.", "Name it in a policy, or remove it.");
    }
}
