using System.Globalization;
using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>The objects that are watched, and what differs between them.</summary>
internal static class SalesforceStreams
{
    public const string Leads = "leads";

    /// <summary>What leads became.</summary>
    public const string Contacts = "contacts";
    public const string Accounts = "accounts";
    public const string Opportunities = "opportunities";
    public const string CampaignMembers = "campaignMembers";

    /// <summary>Of these the ones that are closed: what people plan says nothing yet.</summary>
    public const string Tasks = "tasks";
    public const string Events = "events";
    public const string Stamp = "SystemModstamp";

    private static readonly string[] InputForms = ["yyyy-MM-dd'T'HH:mm:ss.fffzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    public static IReadOnlyList<string> All { get; } = [Leads, Contacts, Opportunities, CampaignMembers, Accounts, Tasks, Events];

    public static string ObjectOf(string stream) => stream switch
    {
        Leads => "Lead",
        Contacts => "Contact",
        Accounts => "Account",
        Opportunities => "Opportunity",
        CampaignMembers => "CampaignMember",
        Tasks => "Task",
        _ => "Event",
    };

    /// <summary>Which records of a stream a poll is about; null: all.</summary>
    public static SoqlCondition? OnlyOf(string stream) => stream == Tasks ? SoqlCondition.Equal("IsClosed", SoqlLiteral.Of(true)) : null;

    /// <summary>An instant as Salesforce writes it, whose offset has no colon; a date is its first instant in UTC.</summary>
    public static DateTimeOffset? Instant(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, InputForms, CultureInfo.InvariantCulture, utc, out var instant)
            || DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, utc, out instant)
            ? instant
            : null;
    }

    public static bool IsDate(string text) => text.Length == "yyyy-MM-dd".Length;

    /// <summary>An instant as a field takes it: seven digits of a fraction would be refused.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH':'mm':'ss'.'fff'Z'", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
