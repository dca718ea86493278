using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>How this company says what a scenario says in words of its own.</summary>
internal static class LeadWords
{
    private static readonly Dictionary<string, string> Stages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MarketingQualified"] = "MQL",
        ["SalesAccepted"] = "SAL",
        ["SalesQualified"] = "SQL",
    };

    private static readonly Dictionary<string, string> Industries = new(StringComparer.OrdinalIgnoreCase)
    {
        ["it"] = "Information technology",
        ["food"] = "Food production",
        ["metal"] = "Metals",
    };

    /// <summary>The options that a rep who reads Danish clicks, by the word of the act.</summary>
    private static readonly (string Label, string Word)[] Danish =
    [
        ("Godkend", "accept"), ("Send retur", "return"), ("Jeg tager leadet", "take it"), ("Afvis: forkert branche", "wrong industry"), ("Afvis: forkert størrelse", "wrong size"),
        ("Afvis: forkert land", "wrong country"), ("Afvis: forkert person", "wrong person"), ("Afvis: intet behov", "no need"), ("Afvis: intet budget", "no budget"),
        ("Afvis: ikke nu", "bad timing"), ("Afvis: kunde", "customer or open deal"), ("Afvis: dublet", "duplicate"), ("Afvis: aldrig", "never relevant"), ("Afvis: andet", "other"),
        ("Send til salg", "send to sales now"), ("Hold tilbage", "hold"), ("Anfægt", "dispute"), ("Ja", "yes"), ("Nej", "no"), ("Ved ikke", "unknown"),
    ];

    /// <summary>A word without an option of its own gets one, with a capital, as an admin would make it.</summary>
    public static string Industry(string industry) =>
        Industries.GetValueOrDefault(industry) ?? (industry.Length > 0 ? char.ToUpperInvariant(industry[0]) + industry[1..] : industry);

    public static FieldDefinition Lifecycle(PipedriveCompany company) => ProductFields.Find(company.Fields.Custom(EntityKind.Deal), CompanyFurniture.Lifecycle)
        ?? throw new SandboxRequestException($"The company has no deal field '{CompanyFurniture.Lifecycle}' yet; run the product's setup first.");

    /// <summary>The option of a canonical stage, or of one of the company's own.</summary>
    public static long StageOf(PipedriveCompany company, string stage)
    {
        var field = Lifecycle(company);
        return field.Options.FirstOrDefault(option => option.Label.Equals(Stages.GetValueOrDefault(stage) ?? stage, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new SandboxRequestException($"Unknown stage '{stage}'. Known: {string.Join(", ", field.Options.Select(option => option.Label))} and the canonical names.");
    }

    public static string? Bant(string? answer) => answer?.ToUpperInvariant() switch
    {
        null => null,
        "MET" or "YES" => "Yes",
        "NOTMET" or "NO" => "No",
        "UNKNOWN" => "Unknown",
        _ => throw new SandboxRequestException($"Unknown BANT answer '{answer}'. Known: met, notMet, unknown."),
    };

    /// <summary>The option that a person would click for a word.</summary>
    public static long Option(FieldDefinition field, string wanted)
    {
        var label = AnswerOptions.Find(field.Name, [.. field.Options.Select(option => (option.Label, English(option.Label)))], wanted);
        return field.Options.First(option => option.Label == label).Id;
    }

    /// <summary>The value that a scenario means by a text, whatever the kind of field.</summary>
    public static object? Value(FieldDefinition field, string? text)
    {
        try
        {
            return field.Kind == "enum" && !string.IsNullOrEmpty(text) ? Option(field, text) : FieldValues.FromText(field, text);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new SandboxRequestException($"'{text}' is no value of '{field.Name}'. {error.Message}", error);
        }
    }

    private static string English(string label) =>
        Danish.Where(known => label.StartsWith(known.Label, StringComparison.OrdinalIgnoreCase)).Select(known => known.Word).FirstOrDefault() ?? label;
}
