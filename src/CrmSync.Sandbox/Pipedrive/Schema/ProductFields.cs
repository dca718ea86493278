namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>
/// Fields by the names that scenarios use for them. Codes are hashes and names are what people read, so the fields of the product are recognised by their technical
/// name, as name or within the description, or by their name in either language.
/// </summary>
internal static class ProductFields
{
    private const string Prefix = "crmsync_";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Hand-over"] = "crmsync_handover",
        ["Overdragelse"] = "crmsync_handover",
        ["Answer on lead"] = "crmsync_decision",
        ["Svar på lead"] = "crmsync_decision",
        ["Comment on answer"] = "crmsync_decision_text",
        ["Kommentar til svar"] = "crmsync_decision_text",
        ["Answer by"] = "crmsync_due",
        ["Svar senest"] = "crmsync_due",
        ["Why this lead"] = "crmsync_why",
        ["Hvorfor dette lead"] = "crmsync_why",
        ["Fit (0-100)"] = "crmsync_fit",
        ["Fit"] = "crmsync_fit",
        ["Match (0-100)"] = "crmsync_fit",
        ["Interest (0-100)"] = "crmsync_interest",
        ["Interest"] = "crmsync_interest",
        ["Interesse (0-100)"] = "crmsync_interest",
        ["Marketing's request"] = "crmsync_request",
        ["Marketings ønske"] = "crmsync_request",
        ["CrmSync (technical)"] = "crmsync_marker",
        ["CrmSync (teknisk)"] = "crmsync_marker",
    };

    /// <summary>The technical name of a field of the product, the name of any other custom field, and the code of one of Pipedrive's own.</summary>
    public static string NameOf(FieldDefinition field) => !field.IsCustom ? field.Code
        : Technical(field.Name) ?? Technical(field.Description) ?? Names.GetValueOrDefault(field.Name) ?? field.Name;

    /// <summary>The field that a scenario means: case, spaces and signs do not matter.</summary>
    public static FieldDefinition? Find(IEnumerable<FieldDefinition> fields, string name)
    {
        var sought = Plain(name);
        return fields.FirstOrDefault(field => field.Code == name || Plain(NameOf(field)) == sought || Plain(field.Name) == sought);
    }

    /// <summary>The first word of a text that starts like a technical name.</summary>
    private static string? Technical(string? text)
    {
        var start = text?.IndexOf(Prefix, StringComparison.Ordinal) ?? -1;
        return start < 0 ? null : new string([.. text![start..].TakeWhile(letter => letter is '_' || char.IsAsciiLetterLower(letter))]);
    }

    private static string Plain(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
