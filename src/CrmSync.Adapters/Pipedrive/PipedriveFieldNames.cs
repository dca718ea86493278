namespace CrmSync.Adapters.Pipedrive;

/// <summary>How a custom field is known before its key is: by its name, which people change, or by a sign in its description, which they seldom do.</summary>
internal static class PipedriveFieldNames
{
    /// <summary>The stage field's, in either language.</summary>
    public static IReadOnlyList<string> Stage { get; } = ["Lifecycle stage", "Livscyklustrin"];

    public static string StageIn(string language) => Stage[language == "da" ? 1 : 0];

    /// <summary>
    /// What set-up writes into the description of a hand-over field that it makes: whatever the field is called later, by this a worker
    /// that starts anew knows it, and a second set-up makes no other one.
    /// </summary>
    public static string SignOf(string handoverField) => $"CrmSync: {handoverField}";

    /// <summary>Whether the sign of a hand-over field stands in a description, with words of others around it or not.</summary>
    public static bool IsSigned(PipedriveField field, string handoverField)
    {
        if (field is not { IsCustomField: true, Description: { } text } || text.IndexOf(SignOf(handoverField), StringComparison.Ordinal) is not (>= 0 and var at))
            return false;
        var rest = text.AsSpan(at + SignOf(handoverField).Length);
        return rest.IsEmpty || !(char.IsLetterOrDigit(rest[0]) || rest[0] == '_'); // some signs begin as others do
    }

    /// <summary>The key of a field by its name or its key; of several with one name the first.</summary>
    public static string? CodeIn(IReadOnlyList<PipedriveField> fields, string name) => Called(fields, name).FirstOrDefault()?.FieldCode;

    /// <summary>The field of this key, or else every one of this name: a company may have several.</summary>
    public static IEnumerable<PipedriveField> Called(IReadOnlyList<PipedriveField> fields, string name) => fields.FirstOrDefault(f => f.FieldCode == name) is { } keyed
        ? [keyed] : fields.Where(f => f.IsCustomField == true && string.Equals(f.FieldName, name, StringComparison.OrdinalIgnoreCase));
}
