using System.Globalization;
using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Worker.Rules;

/// <summary>Reads one test: <c>{ fact, op, value, within }</c>. Which operators fit depends on the fact's type.</summary>
internal sealed class TestReader(FactCatalogue catalogue, AliasBook aliases, MapReader map, IReadOnlySet<string> brokenFacts)
{
    internal const string CoolOff = "inCoolOff";

    internal static readonly Dictionary<FactType, string[]> Operators = new()
    {
        [FactType.Text] = ["eq", "in", "contains", "exists"],
        [FactType.Choices] = ["eq", "in", "contains", "exists"],
        [FactType.Number] = ["eq", "between", "atLeast", "atMost", "moreThan", "lessThan", "exists"],
        [FactType.Flag] = ["eq", "exists"],
        [FactType.Instant] = ["seenWithin", "olderThan", "dueWithin", "exists"],
        [FactType.Bant] = ["eq", "exists"],
        [FactType.Engagement] = ["countWithin", "seenWithin"],
    };

    private static readonly string[] AllOperators = [.. Operators.Values.SelectMany(names => names).Distinct(), CoolOff];
    private static readonly string[] TakesNoValue = ["exists", "seenWithin", "dueWithin"];
    private static readonly string[] TakesWithin = ["seenWithin", "countWithin", "dueWithin"];

    internal Condition? Read()
    {
        var op = map.Text("op", required: true);
        if (op == CoolOff)
            return new InCoolOff();
        if (Slots() is not { Count: > 0 } slots || op is null || !Fits(op, slots))
            return null;
        if (TakesNoValue.Contains(op) && map.KeyOf("value") is { } key)
            map.Problems.Error(key, $"'{op}' takes no value.", "Remove it.");
        if (!TakesWithin.Contains(op) && map.KeyOf("within") is { } within)
            map.Problems.Error(within, $"'{op}' takes no 'within'.", op == "olderThan" ? "Write value: 365d." : $"Use {string.Join(", ", TakesWithin[..^1])} or {TakesWithin[^1]}.");
        return Build(op, catalogue.Definitions[slots[0]].Type, slots);
    }

    private Condition? Build(string op, FactType type, IReadOnlyList<int> slots) => (op, type) switch
    {
        ("exists", _) => new Exists(slots),
        ("seenWithin", FactType.Instant) => Spans.Read(map, "within", required: true) is { } within ? new InstantWithin(slots, within) : null,
        ("dueWithin", _) => Spans.Read(map, "within", required: true) is { } ahead ? new DueWithin(slots, ahead) : null,
        ("olderThan", _) => Spans.Read(map, "value", required: true) is { } age ? new OlderThan(slots, age) : null,
        ("seenWithin", _) => Counted(slots, 1),
        ("countWithin", _) => map.Integer("value", 1, 100_000, required: true) is { } needed ? Counted(slots, needed) : null,
        ("contains", _) => Words() is { Count: > 0 } words ? new ContainsWord(slots, words) : null,
        (_, FactType.Text or FactType.Choices) => Words() is { Count: > 0 } words
            ? new TextIn(slots, slots.SelectMany(slot => aliases.For(catalogue.Definitions[slot].Name).NamesOf(words))) { Values = words, OfOneValue = type == FactType.Text }
            : null,
        (_, FactType.Flag) => map.Require("value") is null ? null : new FlagIs(slots, map.Flag("value")),
        (_, FactType.Bant) => Bant(slots),
        _ => Number(op, slots),
    };

    private CountWithin? Counted(IReadOnlyList<int> slots, int needed) =>
        Spans.Read(map, "within", required: true) is { } within ? new CountWithin(slots, needed, within) : null;

    private BantIs? Bant(IReadOnlyList<int> slots) => map.Require("value") is null
        ? null
        : map.Choice<BantAnswer?>("value", null, ("met", BantAnswer.Met), ("notMet", BantAnswer.NotMet)) is { } wanted ? new(slots, wanted) : null;

    private FactCondition? Number(string op, IReadOnlyList<int> slots)
    {
        var bounds = map.Items("value", required: true);
        var numbers = bounds.Select(AsNumber).ToList();
        if (bounds.Count == 0 || numbers.Contains(null))
            return null;
        if (op == "between" && numbers is [{ } least, { } most] && least <= most)
            return new NumberBetween(slots, least, most);
        if (op != "between" && numbers is [{ } one])
            return op switch
            {
                "moreThan" => new MoreThan(slots, one),
                "lessThan" => new LessThan(slots, one),
                _ => new NumberBetween(slots, op == "atMost" ? null : one, op == "atLeast" ? null : one),
            };
        map.Problems.Error(map.Find("value")!, op == "between" ? "'between' takes two numbers, the lesser first." : $"'{op}' takes one number.",
            op == "between" ? "Write value: [20, 1000]." : "");
        return null;
    }

    private decimal? AsNumber(YamlNode node)
    {
        if (node is YamlText text && decimal.TryParse(text.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        map.Problems.Error(node, "This must be a number.", "Write it with a point and no thousands separator.");
        return null;
    }

    private IReadOnlyList<string> Words()
    {
        var words = map.Texts("value", required: true);
        foreach (var word in words.Where(word => PlainText.Of(word.Value).Length == 0))
            map.Problems.Error(word, "A value needs at least one letter or digit.");
        return [.. words.Select(word => word.Value)];
    }

    private List<int>? Slots()
    {
        var slots = new List<int>();
        foreach (var name in map.Texts("fact", required: true))
        {
            var slot = catalogue.SlotOf(name.Value);
            if (brokenFacts.Contains(name.Value))
                return null;
            if (slot < 0)
                map.Problems.Error(name, $"No fact is named '{name.Value}'.", Spelling.Suggest(name.Value, [.. catalogue.Definitions.Select(d => d.Name)]));
            else if (slots.Count > 0 && catalogue.Definitions[slot].Type != catalogue.Definitions[slots[0]].Type)
                map.Problems.Error(name, "Facts that stand in for each other must have one type.");
            else if (slots.Contains(slot))
                map.Problems.Error(name, $"'{name.Value}' is listed twice.", "Keep one of them.");
            else
                slots.Add(slot);
        }
        return slots;
    }

    private bool Fits(string op, List<int> slots)
    {
        var definition = catalogue.Definitions[slots[0]];
        var fitting = Operators[definition.Type];
        if (fitting.Contains(op))
            return true;
        var repair = AllOperators.Contains(op) ? $"It takes {string.Join(", ", fitting)}." : Spelling.Suggest(op, fitting);
        map.Problems.Error(map.Find("op")!, AllOperators.Contains(op)
            ? $"'{op}' does not fit '{definition.Name}', which holds {definition.Type}."
            : $"No operator is named '{op}'.", repair);
        return false;
    }
}
