namespace CrmSync.Sandbox.Salesforce.Schema;

/// <summary>What an org is like, and how Salesforce behaves where its documentation leaves the behaviour open.</summary>
public sealed record SalesforceSwitches
{
    /// <summary>How long after the change itself the work of people and automations becomes visible; its stamp stays that of the change.</summary>
    public double CommitDelaySeconds { get; init; }

    /// <summary>Whether writing equal values moves the stamps.</summary>
    public bool EqualWriteTouches { get; init; } = true;

    /// <summary>Whether a plain update may set a status that means converted.</summary>
    public bool ConvertedStatusWritable { get; init; } = true;

    /// <summary>Who gets a lead that is written without <c>Sforce-Auto-Assign: FALSE</c>, by key; empty for no assignment rule.</summary>
    public string AssignmentOwner { get; init; } = "rep3";

    /// <summary>Fields that the connected user may not see, such as <c>Lead.HasOptedOutOfEmail</c>.</summary>
    public IReadOnlyList<string> HiddenFields { get; init; } = [];

    /// <summary>Objects that the connected user may not see, such as <c>Contact</c>.</summary>
    public IReadOnlyList<string> HiddenObjects { get; init; } = [];

    /// <summary>Whether an admin mapped the lead's own fields to the contact's: without that a conversion leaves them behind.</summary>
    public bool OwnFieldsMapped { get; init; } = true;

    /// <summary>Whether a field made through the API stays hidden until a permission set grants it.</summary>
    public bool NewFieldsHidden { get; init; } = true;

    /// <summary>Whether the connected user may make fields, permission sets and list views.</summary>
    public bool MayCustomize { get; init; } = true;

    /// <summary>Picklist values that an admin took away, such as <c>Lead.Lifecycle_Stage__c=SAL</c>.</summary>
    public IReadOnlyList<string> DeletedPicklistValues { get; init; } = [];

    /// <summary>Picklists that refuse values they do not have, such as <c>Lead.Lifecycle_Stage__c</c>, beside those that were made so.</summary>
    public IReadOnlyList<string> RestrictedPicklists { get; init; } = [];

    public IReadOnlyList<ValidationRule> ValidationRules { get; init; } = [];

    /// <summary>What an admin's duplicate rule does with a lead whose e-mail address another one has: <c>alert</c>, <c>block</c>, or nothing when empty.</summary>
    public string DuplicateRule { get; init; } = "";

    /// <summary>Leads whose row somebody else holds, by key: writes to it fail with UNABLE_TO_LOCK_ROW.</summary>
    public IReadOnlyList<string> LockedLeads { get; init; } = [];

    /// <summary>Each n-th row that the API writes cannot be locked; 0 for none.</summary>
    public int LockEvery { get; init; }

    /// <summary>Fields whose changes leave history rows beside those that are tracked from the start, such as <c>Lead.Company</c>.</summary>
    public IReadOnlyList<string> TrackedFields { get; init; } = [];

    /// <summary>Users who left, by key.</summary>
    public IReadOnlyList<string> InactiveUsers { get; init; } = [];

    /// <summary>The most rows of one page of a query; clients may ask for fewer.</summary>
    public int PageSize { get; init; } = 2000;

    /// <summary>How long an access token lives without a call.</summary>
    public int SessionSeconds { get; init; } = 7200;

    /// <summary>Whether tokens are issued but no call may use them, as an org's access policy has it.</summary>
    public bool SessionsRefused { get; init; }

    /// <summary>Whether a refresh answers with a new refresh token and ends the old one.</summary>
    public bool RotateRefreshTokens { get; init; }

    /// <summary>How long a refresh token that was spent is still taken, where refresh tokens rotate.</summary>
    public int RefreshGraceSeconds { get; init; }

    /// <summary>Whether the token endpoint refuses every grant.</summary>
    public bool GrantsRefused { get; init; }

    /// <summary>What token answers name as the org's address; empty for the true one.</summary>
    public string InstanceUrl { get; init; } = "";

    /// <summary>What query answers name as the next page; empty for the true one.</summary>
    public string NextRecordsUrl { get; init; } = "";

    /// <summary>Calls in 24 hours, a window that slides.</summary>
    public int DailyLimit { get; init; } = 100_000;

    /// <summary>Whether the org has too many long calls at this moment.</summary>
    public bool ConcurrentLimitReached { get; init; }

    /// <summary>Whether change events are published.</summary>
    public bool ChangeEvents { get; init; } = true;

    /// <summary>The objects whose changes are told, as an admin chose them before; an app may choose more. Counts from the reset on.</summary>
    public IReadOnlyList<string> ChangeEntities { get; init; } = ["Lead", "Contact", "Account", "Opportunity", "CampaignMember"];

    /// <summary>Whether events of writes through composite resources carry the caller's client name.</summary>
    public bool CompositeCarriesClient { get; init; }

    /// <summary>The longest silence on a subscription before an empty answer; 0 for no such answers.</summary>
    public double KeepAliveSeconds { get; init; } = 270;

    /// <summary>How long events are kept.</summary>
    public double RetentionHours { get; init; } = 72;

    /// <summary>Events delivered in 24 hours.</summary>
    public int DailyEvents { get; init; } = 25_000;

    /// <summary>Each n-th change of a record is published as a gap; 0 for none.</summary>
    public int GapEvery { get; init; }

    /// <summary>Each n-th event is lost for good; 0 for none.</summary>
    public int LoseEventEvery { get; init; }

    /// <summary>Each n-th event comes cut off and cannot be read; 0 for none.</summary>
    public int CutEventEvery { get; init; }
}

/// <summary>Refuses a write that gives a field this value (any, when none is said) while another field is empty (in any case, when none is said).</summary>
public sealed record ValidationRule
{
    public string Type { get; init; } = "Lead";
    public required string Field { get; init; }
    public string? Value { get; init; }
    public string? Needs { get; init; }
    public required string Message { get; init; }
}
