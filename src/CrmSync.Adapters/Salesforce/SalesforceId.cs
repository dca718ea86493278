namespace CrmSync.Adapters.Salesforce;

/// <summary>Record ids: 15 characters that tell upper from lower case, and three more that allow ignoring it.</summary>
internal static class SalesforceId
{
    private const int Short = 15;
    private const string Lead = "00Q";
    private const string Contact = "003";

    public static bool Same(string a, string b) =>
        a.Length >= Short && b.Length >= Short ? a.AsSpan(0, Short).SequenceEqual(b.AsSpan(0, Short)) : a == b;

    /// <summary>The part that tells records apart.</summary>
    public static string Key(string id) => id.Length > Short ? id[..Short] : id;

    public static bool IsContact(string id) => id.StartsWith(Contact, StringComparison.Ordinal);

    public static bool IsLead(string id) => id.StartsWith(Lead, StringComparison.Ordinal);

    /// <summary>Whether it can be an id at all: everything else is spared the call.</summary>
    public static bool IsValid(string id) => id.Length is Short or 18 && id.All(char.IsAsciiLetterOrDigit);
}
