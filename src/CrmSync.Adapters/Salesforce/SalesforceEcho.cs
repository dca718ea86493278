using System.Security.Cryptography;
using System.Text;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Tells a poll's row that shows our own last write from one that shows somebody's change. A stamp has whole seconds, so it alone
/// would take a change in the same second for ours: the acting user and our marker go with it, and what is in the fields that people
/// and an org's own flows answer by, since a flow may act as our user.
/// </summary>
internal static class SalesforceEcho
{
    private const string ChangedBy = "LastModifiedById";
    private static readonly string Marker = SalesforceFieldNames.Of(HandoverFields.Marker);

    private static readonly HashSet<string> LeftOut = new(SalesforceFieldNames.AllFields, StringComparer.OrdinalIgnoreCase)
    {
        SalesforceFieldNames.Owner, ChangedBy, "LastModifiedDate", SalesforceStreams.Stamp,
    };

    /// <summary>What a row must have for it, given the names that the record's kind has; none where the marker is not there yet.</summary>
    public static string[] Fields(string stageField, Func<string, bool> isThere) =>
        isThere(Marker) ? [ChangedBy, .. SalesforceFieldNames.GuardFields.Append(stageField).Append(SalesforceFieldNames.Owner).Where(isThere)] : [];

    /// <summary>
    /// The same for the same change: two in one second differ by what they left in the fields that people answer by. A row of our own
    /// making has another one than a row of somebody else's.
    /// </summary>
    /// <param name="us">Our own user; null where that is not known.</param>
    public static string Delivery(string stream, SalesforceRecord record, string stageField, string? us) =>
        $"{stream}:{record.Id}@{record[SalesforceStreams.Stamp]}{(IsOurs(record, us) ? "=" : "~")}{Answers(record, stageField)}";

    /// <summary>See <see cref="CrmLead.Echo"/>.</summary>
    public static string? Of(SalesforceRecord record, bool isContact, string stageField, string? us) =>
        IsOurs(record, us) ? Delivery(isContact ? SalesforceStreams.Contacts : SalesforceStreams.Leads, record, stageField, us) : null;

    /// <summary>See <see cref="CrmLead.Print"/>.</summary>
    public static string Print(SalesforceRecord record, SalesforceFieldPlan plan, string stageField) =>
        Hash(record, plan.Fields(ReadDepth.Facts).Where(f => !LeftOut.Contains(f) && f != stageField));

    private static string Answers(SalesforceRecord record, string stageField) =>
        Hash(record, SalesforceFieldNames.GuardFields.Append(stageField).Append(SalesforceFieldNames.Owner));

    private static string Hash(SalesforceRecord record, IEnumerable<string> fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
            text.Append(field).Append('\u001f').Append(record[field]).Append('\u001e');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static bool IsOurs(SalesforceRecord record, string? us) =>
        us is not null && record[Marker] is not null && record[ChangedBy] is { } by && SalesforceId.Same(by, us);
}
