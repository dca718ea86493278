namespace CrmSync.Leads.Facts;

/// <summary>Names of the built-in facts. An adapter fills those it can; what it cannot tell stays unknown.</summary>
public static class WellKnownFacts
{
    public const string PersonName = "person.name";
    public const string PersonEmail = "person.email";
    public const string PersonEmailDomain = "person.emailDomain";
    public const string PersonPhone = "person.phone";
    public const string PersonRole = "person.role";
    public const string PersonBuyingRole = "person.buyingRole";
    public const string PersonCountry = "person.country";
    public const string CompanyName = "company.name";
    public const string CompanyDomain = "company.domain";
    public const string CompanyIndustry = "company.industry";
    public const string CompanyEmployees = "company.employees";
    public const string CompanyCountry = "company.country";
    public const string ConsentOptedOut = "consent.optedOut";
    public const string DealOpen = "deal.open";
    public const string DealWon = "deal.won";
    public const string BantBudget = "bant.budget";
    public const string BantAuthority = "bant.authority";
    public const string BantNeed = "bant.need";
    public const string BantTimeline = "bant.timeline";

    /// <summary>Prefix of the engagement facts; what follows is one of <see cref="EngagementKinds"/>.</summary>
    public const string EngagementPrefix = "engagement.";

    /// <summary>Every built-in fact, with its type and whether it is personal.</summary>
    public static IReadOnlyList<FactDefinition> All { get; } =
    [
        new(PersonName, FactType.Text, true),
        new(PersonEmail, FactType.Text, true),
        new(PersonEmailDomain, FactType.Text, false),
        new(PersonPhone, FactType.Text, true),
        new(PersonRole, FactType.Text, true),
        new(PersonBuyingRole, FactType.Choices, false),
        new(PersonCountry, FactType.Text, false),
        new(CompanyName, FactType.Text, false),
        new(CompanyDomain, FactType.Text, false),
        new(CompanyIndustry, FactType.Text, false),
        new(CompanyEmployees, FactType.Number, false),
        new(CompanyCountry, FactType.Text, false),
        new(ConsentOptedOut, FactType.Flag, false),
        new(DealOpen, FactType.Flag, false),
        new(DealWon, FactType.Flag, false),
        new(BantBudget, FactType.Bant, false),
        new(BantAuthority, FactType.Bant, false),
        new(BantNeed, FactType.Bant, false),
        new(BantTimeline, FactType.Bant, false),
        .. EngagementKinds.All.Select(kind => new FactDefinition(EngagementPrefix + kind, FactType.Engagement, false)),
    ];
}
