using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Where a fact comes from: a field of the person's record, or of the account beside it.</summary>
internal readonly record struct SalesforceSource(string Field, bool OnAccount);

/// <summary>
/// Which field a fact comes from. The company's facts stand on the lead itself until it is converted, and on the account after
/// that. An org names its own fields as it likes: a mapping goes before the usual names here.
/// </summary>
internal sealed class SalesforceFieldNames(CrmMapping mapping)
{
    public const string Owner = "OwnerId";
    public const string Webinar = WellKnownFacts.EngagementPrefix + EngagementKinds.WebinarAttended;
    private const string OfAccount = "account:";
    private const char Paired = ',';

    private static readonly Dictionary<string, string[]> Defaults = new()
    {
        [WellKnownFacts.PersonEmail] = ["Email"],
        [WellKnownFacts.PersonPhone] = ["Phone", "MobilePhone"],
        [WellKnownFacts.PersonRole] = ["Title"],
        [WellKnownFacts.PersonCountry] = ["Country"],
        [WellKnownFacts.CompanyName] = ["Company"],
        [WellKnownFacts.CompanyDomain] = ["Website"],
        [WellKnownFacts.CompanyIndustry] = ["Industry", "account:Industry"],
        [WellKnownFacts.CompanyEmployees] = ["NumberOfEmployees", "account:NumberOfEmployees"],
        [WellKnownFacts.CompanyCountry] = ["account:BillingCountry", "Country"],
        [WellKnownFacts.ConsentOptedOut] = ["HasOptedOutOfEmail"],
        [WellKnownFacts.BantBudget] = ["BANT_Budget__c", "crmsync_bant_budget__c"],
        [WellKnownFacts.BantAuthority] = ["BANT_Authority__c", "crmsync_bant_authority__c"],
        [WellKnownFacts.BantNeed] = ["BANT_Need__c", "crmsync_bant_need__c"],
        [WellKnownFacts.BantTimeline] = ["BANT_Timeline__c", "crmsync_bant_timeline__c"],
        [Act(EngagementKinds.PageView)] = ["Page_Views__c,Last_Visit__c"],
        [Act(EngagementKinds.EmailClick)] = ["Email_Clicks__c,Last_Email_Click__c"],
        [Act(EngagementKinds.EmailOpen)] = ["Email_Opens__c,Last_Email_Open__c"],
        [Act(EngagementKinds.SocialClick)] = ["Social_Clicks__c,Last_Social_Click__c"],
        [Act(EngagementKinds.MeetingBooked)] = ["Last_Meeting_Booked__c"],
    };

    /// <summary>What a contact calls what a lead calls otherwise, or leaves to its account.</summary>
    private static readonly Dictionary<string, string> OnContact = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Company"] = "Account.Name",
        ["Website"] = "Account.Website",
        ["Industry"] = "Account.Industry",
        ["NumberOfEmployees"] = "Account.NumberOfEmployees",
        ["AnnualRevenue"] = "Account.AnnualRevenue",
        ["Country"] = "MailingCountry",
        ["City"] = "MailingCity",
    };

    /// <summary>The field that a hand-over field is in Salesforce.</summary>
    public static string Of(string handoverField) => $"{handoverField}__c";

    public static IReadOnlyList<string> GuardFields { get; } =
        [Of(HandoverFields.Marker), Of(HandoverFields.Decision), Of(HandoverFields.DecisionText), Of(HandoverFields.Request)];

    public static IReadOnlyList<string> AllFields { get; } = [.. HandoverFields.All.Select(f => Of(f.Name))];

    /// <summary>Whether a mapping says where a fact comes from.</summary>
    public bool IsMapped(string fact) => mapping.Facts.ContainsKey(fact);

    /// <summary>Best first. A mapping replaces the usual ones.</summary>
    public IEnumerable<SalesforceSource> Sources(string fact)
    {
        foreach (var name in mapping.Facts.TryGetValue(fact, out var mapped) ? [mapped] : Defaults.GetValueOrDefault(fact, []))
            yield return new(name.StartsWith(OfAccount, StringComparison.OrdinalIgnoreCase) ? name[OfAccount.Length..] : name, name.StartsWith(OfAccount, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A source as a query names it: a counter may be paired with the field that has the instant of its last act.</summary>
    /// <param name="account">The way from a lead to its account; null: there is none.</param>
    public static IReadOnlyList<string> Paths(SalesforceSource source, bool isContact, string? account) =>
        [.. source.Field.Split(Paired, StringSplitOptions.TrimEntries).Select(f => Path(f, source.OnAccount, isContact, account)).OfType<string>()];

    /// <summary>A mapped name without what may stand before it or behind it, to be checked.</summary>
    public static string Plain(string mapped) =>
        (mapped.StartsWith(OfAccount, StringComparison.OrdinalIgnoreCase) ? mapped[OfAccount.Length..] : mapped).Split(Paired)[0].Trim();

    private static string? Path(string field, bool onAccount, bool isContact, string? account) => (onAccount, isContact) switch
    {
        (true, true) => $"Account.{field}",
        (true, false) => account is null ? null : $"{account}.{field}",
        (false, true) => OnContact.GetValueOrDefault(field, field),
        _ => field,
    };

    private static string Act(string kind) => WellKnownFacts.EngagementPrefix + kind;
}
