using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Follows <c>extends</c> and applies what each policy changes: which criteria, their points, the gates.</summary>
internal sealed class PolicyResolver(IReadOnlyList<PolicyEntry> entries, PolicyDraft file, GatesSection gates, ProblemList problems)
{
    private readonly Dictionary<string, PolicyDraft> _done = new(StringComparer.Ordinal);
    private readonly List<string> _under = [];

    internal PolicyDraft Resolve(PolicyEntry entry)
    {
        if (_done.TryGetValue(entry.Id, out var known))
            return known;
        _under.Add(entry.Id);
        var start = Start(entry);
        _under.RemoveAt(_under.Count - 1);
        var criteria = Weighed(entry.Map, Chosen(entry.Map, start.Criteria));
        return _done[entry.Id] = new(criteria, gates.OfPolicy(entry.Map, start.Gates.Inherited(entry.Map.At)), SlaSection.OfPolicy(entry.Map, start.Sla));
    }

    private PolicyDraft Start(PolicyEntry entry)
    {
        if (entry.Map.Text("extends") is not { } id)
            return file;
        var at = entry.Map.Find("extends")!;
        if (_under.IndexOf(id) is >= 0 and var begin)
        {
            var circle = string.Join(", ", _under.Skip(begin).Append(id).Select(name => $"'{name}'"));
            problems.Error(at, $"Policies extend each other in a circle: {circle}.", "Take one 'extends' out.");
            return file;
        }
        if (entries.FirstOrDefault(other => other.Id == id) is { } parent)
            return Resolve(parent);
        problems.Error(at, $"No policy has the id '{id}'.", Spelling.Suggest(id, [.. entries.Select(other => other.Id)]));
        return file;
    }

    // `criteria` names what is asked, `without` what is not; both keep the order of the file. A blocker goes only where
    // `without` says so: whoever lists what they weigh does not mean to let competitors through.
    private IReadOnlyList<Criterion> Chosen(MapReader map, IReadOnlyList<Criterion> inherited)
    {
        if (map.Has("criteria") && map.KeyOf("without") is { } both)
            problems.Error(both, "A policy has 'criteria' or 'without', not both.", "Name what is asked, or what is left out.");
        if (map.Has("criteria"))
        {
            var asked = Known(map.Texts("criteria"), file.Criteria, "No criterion has the id");
            var blockers = inherited.Where(criterion => criterion.Group == CriterionGroup.Blocker).Select(criterion => criterion.Id).ToHashSet(StringComparer.Ordinal);
            return [.. file.Criteria.Where(criterion => asked.Contains(criterion.Id) || blockers.Contains(criterion.Id))
                .Select(criterion => inherited.FirstOrDefault(own => own.Id == criterion.Id) ?? criterion)];
        }
        var left = Known(map.Texts("without"), inherited, "This policy inherits no criterion");
        return [.. inherited.Where(criterion => !left.Contains(criterion.Id))];
    }

    private IReadOnlyList<Criterion> Weighed(MapReader map, IReadOnlyList<Criterion> criteria)
    {
        if (map.Map("points", [.. criteria.Select(criterion => criterion.Id)]) is not { } points)
            return criteria;
        foreach (var criterion in criteria.Where(criterion => criterion.Group is CriterionGroup.Bant or CriterionGroup.Blocker))
            if (points.KeyOf(criterion.Id) is { } key)
                problems.Error(key, "Only fit and interest carry points.", "Remove it.");
        return [.. criteria.Select(criterion => points.Integer(criterion.Id, -100, 100) is { } weight ? criterion.Weighing(weight) : criterion)];
    }

    private HashSet<string> Known(IReadOnlyList<YamlText> ids, IReadOnlyList<Criterion> among, string problem)
    {
        var known = among.Select(criterion => criterion.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids.Where(id => !known.Contains(id.Value)))
            problems.Error(id, $"{problem} '{id.Value}'.", Spelling.Suggest(id.Value, known));
        return [.. ids.Select(id => id.Value)];
    }
}
