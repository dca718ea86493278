using System.Text.Json.Nodes;
using CrmSync.Leads.Facts;
using static CrmSync.Worker.Rules.JsonSchema.SchemaParts;

namespace CrmSync.Worker.Rules.JsonSchema;

/// <summary>A <c>when:</c>. Which operators fit a built-in fact is known; those of a company's own facts are left to lint.</summary>
internal static class ConditionSchema
{
    /// <summary>The definitions that conditions refer to.</summary>
    internal static IEnumerable<(string Name, JsonObject Schema)> Definitions()
    {
        yield return ("condition", Condition());
        yield return ("fact", Fact());
        foreach (var type in TestReader.Operators.Keys)
            yield return (Facts(type), OneOrMany(Words(FactCatalogue.BuiltIn.Definitions.Where(fact => fact.Type == type).Select(fact => fact.Name), $"The facts that hold {type}."), $"Built-in facts that hold {type}."));
    }

    private static JsonObject Condition()
    {
        var condition = Map("One of all, any, not and atLeastOf, or one test of a fact.", [],
            ("fact", OneOrMany(Ref("fact"), "The fact asked for. Of several, the first that is known counts.")),
            ("op", Words([.. TestReader.Operators.Values.SelectMany(words => words).Distinct(), TestReader.CoolOff], "How the fact is tested. Bounds and edges are included, but for moreThan, lessThan and olderThan.")),
            ("value", new() { ["description"] = "What the fact is compared with: a value or a list; for between two numbers, for countWithin how many acts, for olderThan a length of time.", ["type"] = Array(["string", "number", "boolean", "array"]) }),
            ("within", Span("How far back, or with dueWithin ahead, acts and dates count.")),
            ("all", Parts("Every one of these must hold.")),
            ("any", Parts("One of these is enough.")),
            ("not", Ref("condition")),
            ("atLeastOf", Map("So many of some conditions must hold.", ["count", "of"],
                ("count", Whole(1, 64, "How many.")), ("of", Parts("The conditions.")))));
        condition["oneOf"] = new JsonArray([.. ((string[])["op", "all", "any", "not", "atLeastOf"]).Select(key => (JsonNode)new JsonObject { ["required"] = Array([key]) })]);
        condition["allOf"] = new JsonArray([.. Alone(), .. ByType(), .. ByOperator()]);
        return condition;
    }

    private static JsonObject Parts(string description) => OneOrMany(Ref("condition"), description);

    private static JsonObject Fact() => new()
    {
        ["anyOf"] = new JsonArray(
            Words(FactCatalogue.BuiltIn.Definitions.Select(fact => fact.Name), "A built-in fact."),
            Pattern(@"^\S(.*\S)?$", "A fact of your own, as named under 'facts'.")),
        ["description"] = "The name of a fact.",
    };

    // A combinator has no other key beside it.
    private static IEnumerable<JsonNode> Alone() =>
        ((string[])["all", "any", "not", "atLeastOf"]).Select(key => (JsonNode)If(new JsonObject { ["required"] = Array([key]) }, new JsonObject { ["maxProperties"] = 1 }));

    private static IEnumerable<JsonNode> ByType() => TestReader.Operators.Select(pair => (JsonNode)If(
        new JsonObject { ["required"] = Array(["fact"]), ["properties"] = new JsonObject { ["fact"] = Ref(Facts(pair.Key)) } },
        new JsonObject { ["properties"] = new JsonObject { ["op"] = new JsonObject { ["enum"] = Array(pair.Value) } } }));

    private static IEnumerable<JsonNode> ByOperator()
    {
        var number = new JsonObject { ["type"] = "number" };
        yield return Operator("between", Needs("fact", "value"), ("value", new() { ["type"] = "array", ["items"] = number, ["minItems"] = 2, ["maxItems"] = 2 }));
        foreach (var op in (string[])["atLeast", "atMost", "moreThan", "lessThan"])
            yield return Operator(op, Needs("fact", "value"), ("value", new() { ["type"] = "number" }));
        yield return Operator("countWithin", Needs("fact", "value", "within"), ("value", Whole(1, 100_000, "How many acts.")));
        yield return Operator("olderThan", Needs("fact", "value"), ("value", Span("The age.")), ("within", null));
        foreach (var op in (string[])["seenWithin", "dueWithin"])
            yield return Operator(op, Needs("fact", "within"), ("value", null));
        foreach (var op in (string[])["eq", "in", "contains"])
            yield return Operator(op, Needs("fact", "value"), ("within", null));
        yield return Operator("exists", Needs("fact"), ("value", null), ("within", null));
    }

    private static JsonArray Needs(params string[] keys) => Array(keys);

    // A key without a schema is not allowed beside the operator.
    private static JsonObject Operator(string op, JsonArray required, params (string Key, JsonObject? Schema)[] keys)
    {
        var properties = new JsonObject();
        foreach (var (key, schema) in keys)
            properties[key] = schema is null ? JsonValue.Create(false) : schema;
        return If(
            new JsonObject { ["required"] = Array(["op"]), ["properties"] = new JsonObject { ["op"] = new JsonObject { ["const"] = op } } },
            new JsonObject { ["required"] = required, ["properties"] = properties });
    }

    private static JsonObject If(JsonObject condition, JsonObject then) => new() { ["if"] = condition, ["then"] = then };

    private static string Facts(FactType type) => $"facts{type}";
}
