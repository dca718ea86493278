namespace CrmSync.Leads.Fields;

public enum HandoverFieldType
{
    List,
    ShortText,
    LongText,
    Instant,
    Number,
}

/// <summary>One option of a list field: its stored value and its labels.</summary>
public sealed record HandoverOption(string Value, string Danish, string English);

/// <summary>A field that the hand-over needs in the CRM record. Adapters create it and translate its name.</summary>
public sealed record HandoverField(
    string Name, HandoverFieldType Type, string Danish, string English, IReadOnlyList<HandoverOption> Options)
{
    /// <summary>The label in a language: <c>da</c> or anything else for English.</summary>
    public string Label(string language) => language == "da" ? Danish : English;
}
