namespace CrmSync.Adapters.Salesforce;

/// <summary>Record ids: 15 characters that tell upper from lower case, and three more that allow ignoring it.</summary>
internal static class SalesforceId
{
    private const int Short = 15;
    private const int Long = 18;
    private const int Group = 5;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private const string Lead = "00Q";
    private const string Contact = "003";

    public static bool Same(string a, string b) =>
        a.Length >= Short && b.Length >= Short ? a.AsSpan(0, Short).SequenceEqual(b.AsSpan(0, Short)) : a == b;

    /// <summary>The part that tells records apart.</summary>
    public static string Key(string id) => id.Length > Short ? id[..Short] : id;

    public static bool IsContact(string id) => id.StartsWith(Contact, StringComparison.Ordinal);

    public static bool IsLead(string id) => id.StartsWith(Lead, StringComparison.Ordinal);

    /// <summary>Whether it can be an id at all: one that cannot would fail the query of all others beside it.</summary>
    public static bool IsValid(string id) => id.Length is Short or Long && id.All(char.IsAsciiLetterOrDigit) && (id.Length == Short || id.AsSpan(Short).SequenceEqual(Check(id)));

    /// <summary>Which of each five characters are upper-case letters, as one character each.</summary>
    private static char[] Check(string id)
    {
        var check = new char[Long - Short];
        for (var i = 0; i < check.Length; i++)
        {
            var bits = 0;
            for (var bit = 0; bit < Group; bit++)
                bits |= char.IsAsciiLetterUpper(id[(i * Group) + bit]) ? 1 << bit : 0;
            check[i] = Alphabet[bits];
        }
        return check;
    }
}
