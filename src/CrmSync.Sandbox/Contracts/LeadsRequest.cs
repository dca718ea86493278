namespace CrmSync.Sandbox.Contracts;

/// <summary>The same people for each of the CRMs named.</summary>
public sealed record LeadsRequest
{
    public IReadOnlyList<string> Crms { get; init; } = [];

    /// <summary>The account to put them in; the CRM's first when it is left out.</summary>
    public string? AccountId { get; init; }
    public required IReadOnlyList<LeadSpec> Leads { get; init; }
}

/// <summary>The record that each lead became in each CRM.</summary>
public sealed record LeadsReply(IReadOnlyList<LeadId> Ids);

/// <summary>A lead's key, and the id of its record in one CRM.</summary>
public sealed record LeadId(string Key, string Crm, string Id);

/// <summary>One person as the scenario knows them; each dialect says it in its own fields.</summary>
public sealed record LeadSpec
{
    public required string Key { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? JobTitle { get; init; }
    public string? Phone { get; init; }
    public string? Country { get; init; }
    public CompanySpec? Company { get; init; }
    public IReadOnlyList<EngagementSpec> Engagement { get; init; } = [];
    public BantSpec? Bant { get; init; }

    /// <summary>False: opted out of mail. Null: nothing is recorded.</summary>
    public bool? Consent { get; init; }

    /// <summary>A canonical stage (Lead, MarketingQualified, SalesAccepted, SalesQualified, Opportunity, Customer) or the CRM's own value.</summary>
    public string? Stage { get; init; }
    public string? Owner { get; init; }

    /// <summary>Further fields in the CRM's own names.</summary>
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = new Dictionary<string, string?>();
}

/// <summary>The company of a lead; leads with the same company key share one record.</summary>
public sealed record CompanySpec
{
    public string? Key { get; init; }
    public string? Name { get; init; }
    public string? Domain { get; init; }
    public string? Owner { get; init; }
    public string? Industry { get; init; }
    public int? Employees { get; init; }
    public string? Country { get; init; }
}

/// <summary>
/// Something the person did: handRaise, contentDownload, webinarAttended, pageView, emailClick, emailOpen, socialClick, adForm or meetingBooked.
/// One whose instant lies ahead of the clock happens when the clock gets there.
/// </summary>
public sealed record EngagementSpec
{
    public required string Kind { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Title { get; init; }
    public int? Count { get; init; }
}

/// <summary>What is known of budget, authority, need and timeline: met, notMet or unknown.</summary>
public sealed record BantSpec
{
    public string? Budget { get; init; }
    public string? Authority { get; init; }
    public string? Need { get; init; }
    public string? Timeline { get; init; }
}

/// <summary>Makes many plausible people and companies at once.</summary>
public sealed record GenerateRequest
{
    public required string Crm { get; init; }
    public string? AccountId { get; init; }
    public required int Count { get; init; }
    public int? Seed { get; init; }

    /// <summary>Leads are keyed prefix0, prefix1 and so on; without a prefix they have no key and cost less memory.</summary>
    public string? KeyPrefix { get; init; }
}

/// <summary>What was generated, as the first and last id.</summary>
public sealed record GenerateReply(int Contacts, int Companies, string? FirstId, string? LastId);
