using System.Security.Cryptography;
using System.Text;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Tells a poll's row that shows our own last write from one that shows somebody's change. A stamp has whole seconds, so it alone
/// would take a change in the same second for ours: the acting user and our marker go with it.
/// </summary>
internal static class SalesforceEcho
{
    public const string ChangedBy = "LastModifiedById";
    public static readonly string Marker = SalesforceFieldNames.Of(HandoverFields.Marker);

    private static readonly HashSet<string> LeftOut = new(SalesforceFieldNames.AllFields, StringComparer.OrdinalIgnoreCase)
    {
        SalesforceFieldNames.Owner, ChangedBy, "LastModifiedDate", SalesforceStreams.Stamp,
    };

    /// <summary>The same for the same change; a row of our own making has another one than a row of somebody else's.</summary>
    /// <param name="us">Our own user; null where that is not known.</param>
    public static string Delivery(string stream, SalesforceRecord record, string? us) =>
        IsOurs(record, us) ? $"{stream}:{record.Id}@{record[SalesforceStreams.Stamp]}={record[Marker]}" : $"{stream}:{record.Id}@{record[SalesforceStreams.Stamp]}";

    /// <summary>See <see cref="CrmLead.Echo"/>.</summary>
    public static string? Of(SalesforceRecord record, bool isContact, string? us) =>
        IsOurs(record, us) ? Delivery(isContact ? SalesforceStreams.Contacts : SalesforceStreams.Leads, record, us) : null;

    /// <summary>See <see cref="CrmLead.Print"/>.</summary>
    public static string Print(SalesforceRecord record, SalesforceFieldPlan plan, string stageField)
    {
        var text = new StringBuilder();
        foreach (var field in plan.Fields(ReadDepth.Facts).Where(f => !LeftOut.Contains(f) && f != stageField))
            text.Append(field).Append('\u001f').Append(record[field]).Append('\u001e');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static bool IsOurs(SalesforceRecord record, string? us) =>
        us is not null && record[Marker] is not null && record[ChangedBy] is { } by && SalesforceId.Same(by, us);
}
