using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using static CrmSync.Worker.Rules.JsonSchema.SchemaParts;

namespace CrmSync.Worker.Rules.JsonSchema;

/// <summary>
/// The form of a rule file as a JSON Schema, so that editors complete and check it while it is written. What it cannot say
/// (does an id exist, can a threshold be reached) is left to <c>rules lint</c>.
/// </summary>
internal static class RuleSchema
{
    /// <summary>The name of the file beside the shipped rules that holds it.</summary>
    internal const string FileName = "sal-rules.schema.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The schema as text, with a line feed at its end.</summary>
    internal static string Write() => Root().ToJsonString(Readable) + "\n";

    internal static JsonObject Root()
    {
        var root = Map("The SAL rules: which leads marketing hands to sales.", ["schema", "name", "version", "effective", "languages", "criteria", "gates"],
            ("schema", Whole(1, 1, "The form of this file: 1.")),
            ("name", Text("What the texts in the CRM call these rules.")),
            ("version", Whole(1, 1_000_000, "Raised at each change.")),
            ("effective", Date("From when the rules hold.")),
            ("languages", OneOrMany(Words(LocalTexts.Languages, "A language."), "Each criterion needs a text in each of these.")),
            ("signed", OneOrMany(Signature(), "Who has agreed to this content.")),
            ("facts", OneOrMany(Ref("ownFact"), "Facts of your own, beside the built-in ones.")),
            ("aliases", FreeMap(FreeMap(Alias(), "Values by the name that rules use."), "Further names of values, by fact. Countries, industries, roles and free-mail domains are built in.")),
            ("scores", Map("Where the two scores end and how fast their points fade.", [], ("fit", Score("fit")), ("interest", Score("interest")))),
            ("criteria", OneOrMany(Ref("criterion"), "What is asked of a lead; at most 64.")),
            ("gates", PolicySchema.Gates(["mql"])),
            ("policies", List(PolicySchema.Policy(), "Other criteria for a product, segment or region: the first whose condition is met judges the lead.", 32)),
            ("handover", PolicySchema.Handover()),
            ("assign", PolicySchema.Assign()),
            ("sla", PolicySchema.Sla()));
        var definitions = new JsonObject { ["criterion"] = Criterion(), ["ownFact"] = OwnFact(), ["gate"] = Gate(), ["dayOff"] = PolicySchema.DayOff() };
        foreach (var (name, schema) in ConditionSchema.Definitions())
            definitions[name] = schema;
        var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "SAL rules" };
        foreach (var (key, value) in root)
            whole[key] = value?.DeepClone();
        whole["$defs"] = definitions;
        return whole;
    }

    private static JsonObject Criterion() => Map("One criterion.", ["id", "group", "when", "text"],
        ("id", Text("How gates, policies and reports name it.")),
        ("group", Words(["fit", "interest", "bant", "blocker"], "Fit and interest carry points; BANT answers come from sales; a blocker that is met keeps the lead from sales.")),
        ("when", Ref("condition")),
        ("points", Whole(-100, 100, "Points when it is met; for fit and interest only, and needed there.")),
        ("halfLife", OrNone(Span("A length of time."), "After this time half of the points are left; none: they do not fade.")),
        ("handRaise", Flag("A request for sales: passes the thresholds of a gate with orHandRaise, and lifts a cool-off.")),
        ("text", Texts("What people read.")));

    private static JsonObject Gate() => Map("Every part that is given must hold.", [],
        ("fit", OrNone(Whole(1, 100, "Points."), "The lowest fit score; none takes away what a policy inherits.")),
        ("interest", OrNone(Whole(1, 100, "Points."), "The lowest interest score; none takes away what a policy inherits.")),
        ("orHandRaise", Flag("A hand-raise stands in for the two thresholds.")),
        ("met", OneOrMany(Text("The id of a criterion."), "Each of these must be met.")),
        ("atLeastOf", OrNone(Map("So many of some criteria must be met.", ["count", "of"],
            ("count", Whole(1, 64, "How many.")), ("of", OneOrMany(Text("The id of a criterion."), "The criteria."))), "So many of some criteria must be met.")),
        ("noneNotMet", OneOrMany(Text("The id of a criterion."), "None of these may be answered with no; unknown passes.")),
        ("anyKnown", OneOrMany(Ref("fact"), "One of these facts must be known.")));

    private static JsonObject OwnFact() => Map("A fact of your own.", ["name", "type"],
        ("name", Pattern(@"^\S(.*\S)?$", "How criteria name it; by custom as company.competitor.")),
        ("type", Words(["text", "number", "flag", "instant", "choices", "bant"], "What it holds.")),
        ("personal", Flag("Erased with the person. Left out, it counts as personal.")),
        ("from", FreeMap(new() { ["type"] = "string" }, "The property that holds it, by connection; * for all. Without one it is unknown.")),
        ("values", FreeMap(new() { ["type"] = "string" }, "What the CRM's values mean, such as Yes: \"true\".")),
        ("label", Texts("What people call it.")));

    private static JsonObject Alias() => Map("One value and its names.", [],
        ("da", Text("Its name in Danish.")), ("en", Text("Its name in English.")), ("also", OneOrMany(Text("A further name."), "Further names.")));

    private static JsonObject Score(string name) => Map($"The {name} score.", [],
        ("cap", Whole(1, 100, "Points are added, then cut at this; 100 if left out.")),
        ("halfLife", OrNone(Span("A length of time."), "For criteria that say nothing else; none: points do not fade.")));

    private static JsonObject Signature() => Map("One department's consent.", ["by", "department"],
        ("by", Text("Who.")), ("department", Text("For whom: marketing or sales.")), ("on", Text("When.")), ("hash", Text("The agreement hash that rules lint prints.")));

    private static JsonObject Texts(string description) =>
        Map(description, [], [.. LocalTexts.Languages.Select(language => (language, Text($"In {(language == "da" ? "Danish" : "English")}.")))]);
}
