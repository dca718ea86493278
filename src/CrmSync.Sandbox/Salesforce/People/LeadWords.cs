using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>How this org says what a scenario says in words of its own.</summary>
internal static class LeadWords
{
    public const string Stage = "Lifecycle_Stage__c";

    private static readonly Dictionary<string, string> Industries = new(StringComparer.OrdinalIgnoreCase)
    {
        ["software"] = "Technology",
        ["it"] = "Technology",
        ["metal"] = "Metals",
        ["food"] = "Food & Beverage",
        ["transport"] = "Transportation",
    };

    private static readonly Dictionary<string, string> Stages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MarketingQualified"] = "MQL",
        ["SalesAccepted"] = "SAL",
        ["SalesQualified"] = "SQL",
    };

    /// <summary>A word without a value of its own is kept, with the capital that an import gives it.</summary>
    public static string Industry(string industry) =>
        Industries.GetValueOrDefault(industry) ?? (industry.Length > 0 ? char.ToUpperInvariant(industry[0]) + industry[1..] : industry);

    /// <summary>A canonical stage, or one of the org's own.</summary>
    public static string StageOf(Org org, string stage)
    {
        var schema = org.Table("Lead").Schema;
        var field = schema.Get(Stage);
        return field.Values.FirstOrDefault(value => string.Equals(value.Value, Stages.GetValueOrDefault(stage) ?? stage, StringComparison.OrdinalIgnoreCase))?.Value
            ?? throw new SandboxRequestException($"Unknown stage '{stage}'. Known: {string.Join(", ", field.Values.Select(value => value.Value))} and the canonical names.");
    }

    public static string? Bant(string? answer) => answer?.ToUpperInvariant() switch
    {
        null => null,
        "MET" or "YES" => "yes",
        "NOTMET" or "NO" => "no",
        "UNKNOWN" => "unknown",
        _ => throw new SandboxRequestException($"Unknown BANT answer '{answer}'. Known: met, notMet, unknown."),
    };

    /// <summary>The field meant: case does not matter, and the ending of custom fields may be left out.</summary>
    public static FieldDefinition Field(SObjectSchema schema, string name) => schema.Find(name) ?? schema.Find(name + "__c")
        ?? throw new SandboxRequestException($"{schema.Name} has no field '{name}'.");

    /// <summary>The values of fields that a scenario names itself.</summary>
    public static Dictionary<string, object?> Values(SObjectSchema schema, IEnumerable<KeyValuePair<string, string?>> fields)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, text) in fields)
        {
            var field = Field(schema, name);
            try
            {
                values[field.Name] = FieldValues.FromText(field, text);
            }
            catch (FormatException error)
            {
                throw new SandboxRequestException(error.Message, error);
            }
        }

        return values;
    }
}
