using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>assign:</c>, who gets an offer.</summary>
internal sealed class AssignSection(MapReader file, ConditionReader conditions)
{
    private const int MostRules = 64;
    private const int MostAbsences = 500;
    private readonly ProblemList _problems = file.Problems;

    internal AssignSettings Read()
    {
        if (file.Map("assign", ["to", "rules", "people", "absent", "fallback"]) is not { } map)
            return new();
        var toOwner = map.Choice("to", true, ("owner", true), ("turns", false));
        var rules = Rules(map);
        if (People(map, "people") is { Count: > 0 } everyone)
            rules.Add(new(AssignRule.Everyone, null, everyone));
        if (!toOwner && rules.Count == 0)
            _problems.Error(map.At, "Nobody is listed to take turns.", "Add people: [id, id].");
        return new() { ToOwner = toOwner, Rules = rules, Absences = Absences(map), Fallback = People(map, "fallback") };
    }

    private List<AssignRule> Rules(MapReader assign)
    {
        var rules = new List<AssignRule>();
        foreach (var map in Maps(assign, "rules", "A rule of assignment", ["id", "when", "people"], MostRules))
        {
            var id = map.Text("id", required: true);
            var when = map.Require("when") is { } node ? conditions.Read(node) : null;
            map.Require("people");
            var people = People(map, "people");
            if (map.Has("people") && people.Count == 0)
                _problems.Error(map.Find("people")!, "Nobody is listed.", "Write people: [id, id].");
            if (id is null)
                continue;
            if (id == AssignRule.Everyone || rules.Exists(rule => rule.Id == id))
                _problems.Error(map.Find("id")!, $"The id '{id}' is taken.", "Give every rule an id of its own: whose turn it is is remembered by it.");
            if (when is not null && people.Count > 0)
                rules.Add(new(id, when, people));
        }
        return rules;
    }

    private List<string> People(MapReader map, string key)
    {
        var people = new List<string>();
        foreach (var person in map.Texts(key))
        {
            if (people.Contains(person.Value))
                _problems.Error(person, $"'{person.Value}' is listed twice.", "Name everybody once.");
            else
                people.Add(person.Value);
        }
        return people;
    }

    private List<Absence> Absences(MapReader assign)
    {
        var absences = new List<Absence>();
        foreach (var map in Maps(assign, "absent", "An absence", ["who", "from", "until", "substitute"], MostAbsences))
        {
            var (who, substitute) = (map.Text("who", required: true), map.Text("substitute"));
            var (from, until) = (Date(map, "from", required: true), Date(map, "until"));
            if (until < from)
                _problems.Error(map.Find("until")!, "The absence ends before it begins.", "Both days count as away.");
            if (who is not null && who == substitute)
                _problems.Error(map.Find("substitute")!, $"'{who}' cannot stand in for themselves.", "Name somebody else.");
            if (who is not null && from is { } first)
                absences.Add(new(who, first, until, substitute));
        }
        return absences;
    }

    private IEnumerable<MapReader> Maps(MapReader map, string key, string what, string[] keys, int most)
    {
        var items = map.Items(key);
        if (items.Count > most)
            _problems.Error(items[most], $"There are more than {most} entries.", "Take out what is past.");
        foreach (var node in items.Take(most))
        {
            if (node is YamlMap entry)
                yield return new MapReader(entry, _problems, what, keys);
            else
                _problems.Error(node, $"{what} must be a map.", $"Write - {{ {keys[0]}: ..., {keys[1]}: ... }}.");
        }
    }

    private DateOnly? Date(MapReader map, string key, bool required = false)
    {
        if (map.Text(key, required) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        _problems.Error(map.Find(key)!, $"'{key}' must be a date.", "Write 2026-12-24.");
        return null;
    }
}
