using System.Globalization;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>A fact as a case gives it; the value needs the instant of judgement, since acts may be so long ago.</summary>
internal sealed record GivenFact(string Name, Func<DateTimeOffset, FactValue> Value);

/// <summary>Reads facts by their names and types: a wrong name, or a value of another type, is an error at its place.</summary>
internal sealed class FactsReader(FactCatalogue catalogue, ProblemList problems)
{
    private const string Unknown = "unknown";
    private readonly List<string> _names = [.. catalogue.Definitions.Select(definition => definition.Name)];

    internal IReadOnlyList<GivenFact> Read(YamlNode node, string what)
    {
        if (node is not YamlMap map)
        {
            problems.Error(node, $"{what} must be a map of facts.", "Write company.country: Denmark, one fact a line.");
            return [];
        }
        _ = new MapReader(map, problems, what, _names);
        return [.. map.Entries.Where(entry => catalogue.Find(entry.Key.Value) is not null)
            .Select(entry => new GivenFact(entry.Key.Value, Value(entry.Value, catalogue.Find(entry.Key.Value)!)))];
    }

    /// <summary>The facts of one lead; of two that name the same fact the later holds.</summary>
    internal LeadFacts Gather(IReadOnlyList<GivenFact> given, DateTimeOffset judged, bool noOtherActs)
    {
        var facts = new LeadFacts.Builder(catalogue);
        if (noOtherActs)
            foreach (var kind in catalogue.Definitions.Where(definition => definition.Type == FactType.Engagement))
                facts.Set(kind.Name, FactValue.Of(new Engagement { CompleteSince = DateTimeOffset.MinValue }));
        foreach (var fact in given)
            facts.Set(fact.Name, fact.Value(judged));
        return facts.Build();
    }

    private Func<DateTimeOffset, FactValue> Value(YamlNode node, FactDefinition definition)
    {
        if (node is YamlText { Value: Unknown })
            return _ => FactValue.Unknown;
        if (definition.Type == FactType.Engagement)
            return new ActsReader(problems).Read(node, definition.Name);
        if (definition.Type == FactType.Instant)
            return CaseInstant.Read(node, problems) is { } moment ? judged => FactValue.Of(moment.Before(judged)) : _ => FactValue.Unknown;
        var value = Plain(node, definition.Type);
        if (!value.IsKnown)
            problems.Error(node, $"'{definition.Name}' must be {Form(definition.Type)}.", $"Write {Unknown} for what nobody filled in.");
        return _ => value;
    }

    private static FactValue Plain(YamlNode node, FactType type) => (type, node) switch
    {
        (FactType.Choices, YamlList list) when list.Items.All(item => item is YamlText { Value.Length: > 0 }) =>
            FactValue.Of([.. list.Items.Cast<YamlText>().Select(item => item.Value)]),
        (FactType.Choices, YamlText { Value.Length: > 0 } one) => FactValue.Of([one.Value]),
        (FactType.Text, YamlText text) => FactValue.Of(text.Value),
        (FactType.Number, YamlText text) when decimal.TryParse(
            text.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => FactValue.Of(number),
        (FactType.Flag, YamlText { Value: "true" or "false" } text) => FactValue.Of(text.Value == "true"),
        (FactType.Bant, YamlText { Value: "met" }) => FactValue.Of(BantAnswer.Met),
        (FactType.Bant, YamlText { Value: "notMet" }) => FactValue.Of(BantAnswer.NotMet),
        _ => FactValue.Unknown,
    };

    private static string Form(FactType type) => type switch
    {
        FactType.Number => "a number, with a point and no thousands separator",
        FactType.Flag => "true or false",
        FactType.Bant => "met or notMet",
        FactType.Choices => "a list of texts",
        _ => "a text",
    };
}
