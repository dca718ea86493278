using System.Text.Json.Nodes;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.JsonSchema;
using Json.Schema;
using YamlDotNet.Serialization;

namespace CrmSync.Tests.Rules;

/// <summary>The JSON Schema of rule files: what it says is what the reader does.</summary>
public sealed class RuleSchemaTests
{
    private static readonly Json.Schema.JsonSchema Schema = Json.Schema.JsonSchema.FromText(RuleSchema.Write());

    [Fact]
    public void Is_the_file_that_is_shipped() =>
        Assert.Equal(RuleSchema.Write(), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, RuleSchema.FileName)));

    [Fact]
    public void Is_named_in_the_first_line_of_the_shipped_rules() =>
        Assert.StartsWith($"# yaml-language-server: $schema={RuleSchema.FileName}\n", RuleSamples.ShippedText, StringComparison.Ordinal);

    [Fact]
    public void Fits_the_shipped_rules() => Assert.True(Fits(RuleSamples.ShippedText));

    [Theory]
    [InlineData("op: between", "op: betwen")]
    [InlineData("op: between, value: [20, 1000]", "op: between, value: [20]")]
    [InlineData("op: between, value: [20, 1000]", "op: between")]
    [InlineData("op: between, value: [20, 1000]", "op: contains, value: [20, 1000]")]
    [InlineData("handover:", "handovers:")]
    [InlineData("group: fit", "group: fits")]
    [InlineData("fit: 50", "fit: 101")]
    [InlineData("fit: 50", "fit: .inf")]
    [InlineData("points: 25", "points: many")]
    [InlineData("\nversion: 1\n", "\n")]
    [InlineData("effective: 2026-01-01", "effective: January")]
    [InlineData("within: 14d", "within: 14x")]
    [InlineData("op: seenWithin, within: 14d", "op: seenWithin")]
    [InlineData("op: seenWithin, within: 14d", "op: seenWithin, value: 1, within: 14d")]
    [InlineData("acceptOn: answer", "acceptOn: nothing")]
    [InlineData("answer: 1 business day", "answer: 1 day")]
    [InlineData("when: { op: inCoolOff }", "when: { op: inCoolOff, any: [{ op: inCoolOff }] }")]
    [InlineData("languages: [en, da]", "languages: [en, fr]")]
    [InlineData("type: flag", "type: bool")]
    public void Refuses_what_the_reader_refuses(string right, string wrong)
    {
        var text = Review.ReviewSamples.Shipped(right, wrong);
        Assert.Null(RuleFile.Parse(text, "r.yaml").RuleSet);
        Assert.False(Fits(text));
    }

    [Theory]
    [InlineData("\nhandover:", "\npolicies:\n  - { id: de, when: { fact: company.country, op: eq, value: DE }, without: [social], points: { company-size: 35 }, gates: { mql: { fit: none, interest: 20, atLeastOf: none } } }\n\nhandover:")]
    [InlineData("when: { fact: company.employees, op: between, value: [20, 1000] }", "when: { atLeastOf: { count: 1, of: [{ fact: company.employees, op: moreThan, value: 1.5 }, { not: { fact: company.name, op: exists } }] } }")]
    [InlineData("  interest: { halfLife: 30d }", "  interest: { halfLife: none, cap: 80 }")]
    [InlineData("languages: [en, da]", "aliases: { company.industry: { food: { da: Mad, also: Slik } } }\nlanguages: [en, da]")]
    public void Fits_what_the_reader_reads(string right, string other)
    {
        var text = Review.ReviewSamples.Shipped(right, other);
        Assert.NotNull(RuleFile.Parse(text, "r.yaml").RuleSet);
        Assert.True(Fits(text));
    }

    [Theory]
    [InlineData("\nschema: 1\n", "\nschema: 1\nzzzzzzzz: 1\n", "")]
    [InlineData("  - id: industry", "  - zzzzzzzz: 1\n    id: industry", "$defs/criterion")]
    [InlineData("op: between,", "op: between, zzzzzzzz: 1,", "$defs/condition")]
    [InlineData("mql: {", "mql: { zzzzzzzz: 1,", "$defs/gate")]
    [InlineData("  mql: {", "  zzzzzzzz: {}\n  mql: {", "properties/gates")]
    [InlineData("  - name: company.competitor", "  - zzzzzzzz: 1\n    name: company.competitor", "$defs/ownFact")]
    [InlineData("mqlFrom: both", "zzzzzzzz: 1", "properties/handover")]
    [InlineData("coolOff: {", "coolOff: { zzzzzzzz: 1,", "properties/handover/properties/coolOff")]
    [InlineData("assign: {", "assign: { zzzzzzzz: 1,", "properties/assign")]
    [InlineData("sla:\n", "sla:\n  zzzzzzzz: 1\n", "properties/sla")]
    [InlineData("hours: {", "hours: { zzzzzzzz: 1,", "properties/sla/properties/hours")]
    [InlineData("signed: []", "signed: [{ zzzzzzzz: 1 }]", "properties/signed/anyOf/0")]
    [InlineData("scores:\n", "scores:\n  zzzzzzzz: 1\n", "properties/scores")]
    [InlineData("interest: { halfLife", "interest: { zzzzzzzz: 1, halfLife", "properties/scores/properties/interest")]
    [InlineData("\nhandover:", "\npolicies: [{ zzzzzzzz: 1 }]\n\nhandover:", "properties/policies/items")]
    [InlineData("languages: [en, da]", "aliases: { person.role: { x: { zzzzzzzz: 1 } } }\nlanguages: [en, da]", "properties/aliases/additionalProperties/additionalProperties")]
    public void Knows_the_keys_that_the_reader_knows(string right, string wrong, string path)
    {
        const string Known = "Known are: ";
        var repair = RuleFile.Parse(Review.ReviewSamples.Shipped(right, wrong), "r.yaml").Problems.First(problem => problem.Message.Contains("'zzzzzzzz'", StringComparison.Ordinal)).Repair;
        Assert.StartsWith(Known, repair, StringComparison.Ordinal);
        Assert.Equal(repair[Known.Length..^1].Split(", ").Order(), At(path)["properties"]!.AsObject().Select(pair => pair.Key).Order());
    }

    [Theory]
    [InlineData("group: fit", "group: zzz", "$defs/criterion/properties/group")]
    [InlineData("type: flag", "type: zzz", "$defs/ownFact/properties/type")]
    [InlineData("mqlFrom: both", "mqlFrom: zzz", "properties/handover/properties/mqlFrom")]
    [InlineData("silence: return", "silence: zzz", "properties/handover/properties/silence")]
    [InlineData("acceptOn: answer", "acceptOn: zzz", "properties/handover/properties/acceptOn/anyOf/0")]
    [InlineData("to: owner", "to: zzz", "properties/assign/properties/to")]
    public void Knows_the_words_that_the_reader_knows(string right, string wrong, string path)
    {
        const string Known = "must be one of ";
        var message = RuleFile.Parse(Review.ReviewSamples.Shipped(right, wrong), "r.yaml").Problems.First(problem => problem.Message.Contains(Known, StringComparison.Ordinal)).Message;
        Assert.Equal(message[(message.IndexOf(Known, StringComparison.Ordinal) + Known.Length)..^1].Split(", ").Order(), At(path)["enum"]!.AsArray().Select(word => word!.GetValue<string>()).Order());
    }

    [Fact]
    public void Describes_every_key() => Assert.All(Properties(RuleSchema.Root()), pair =>
        Assert.True(pair.Value is JsonObject schema && (schema.ContainsKey("description") || schema.ContainsKey("$ref")), pair.Key));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(pair => pair.Key is not ("if" or "then" or "allOf")).SelectMany(pair =>
            (pair is { Key: "properties", Value: JsonObject keys } ? keys.AsEnumerable() : []).Concat(Properties(pair.Value))),
        JsonArray list => list.SelectMany(Properties),
        _ => [],
    };

    private static JsonNode At(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate((JsonNode)RuleSchema.Root(), (node, step) => node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);

    private static bool Fits(string yaml)
    {
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        return Schema.Evaluate(ToJson(read), new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid;
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        IDictionary<object, object> map => new JsonObject(map.Select(pair => KeyValuePair.Create($"{pair.Key}", ToJson(pair.Value)))),
        IList<object> list => new JsonArray([.. list.Select(ToJson)]),
        double number when !double.IsFinite(number) => JsonValue.Create(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        float number when !float.IsFinite(number) => JsonValue.Create(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        null => null,
        _ => System.Text.Json.JsonSerializer.SerializeToNode(value),
    };
}
