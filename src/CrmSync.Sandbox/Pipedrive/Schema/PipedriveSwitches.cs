namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>What a company's account is like, and how Pipedrive behaves where its documentation leaves the behaviour open.</summary>
public sealed record PipedriveSwitches
{
    /// <summary>Lite, Growth, Premium or Ultimate: multiplies the tokens of a day, and sets the burst limits.</summary>
    public string Plan { get; init; } = "Growth";

    /// <summary>Paid seats: each adds 30,000 tokens a day times the plan's factor.</summary>
    public int Seats { get; init; } = 5;

    /// <summary>Tokens bought on top, a day.</summary>
    public int TopUpTokens { get; init; }

    /// <summary>Where the day of the token purse ends at midnight.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Whether a call that is refused for its content costs tokens all the same; one refused with 429 never does.</summary>
    public bool ErrorsCost { get; init; } = true;

    /// <summary>Tokens that other integrations of the company spend in each hour.</summary>
    public int OthersPerHour { get; init; }

    /// <summary>Whether answers carry the two headers of the token purse, and how many do not after ten idle minutes.</summary>
    public bool PurseHeaders { get; init; } = true;
    public int PurseHeadersMissing { get; init; } = 2;

    /// <summary>Whether answers to v1 writes with an API token carry the old <c>x-daily-requests-left</c>.</summary>
    public bool OldDailyHeader { get; init; } = true;

    /// <summary>Whether 429 carries <c>Retry-After</c>.</summary>
    public bool RetryAfter { get; init; }

    /// <summary>How many 429 in a minute end with the page of a firewall for API tokens; 0 for never. The block lasts so many seconds.</summary>
    public int BlockAfter429 { get; init; } = 20;
    public int BlockSeconds { get; init; } = 900;

    /// <summary>Whether the token is understood in the query too, as it once was.</summary>
    public bool QueryToken { get; init; }

    /// <summary><c>on</c>, or the status that calls get whose user's API access an admin switched off: <c>401</c> or <c>403</c>.</summary>
    public string ApiAccess { get; init; } = "on";

    public bool RotateRefreshTokens { get; init; }

    /// <summary>How long a refresh token that was spent is still taken, where refresh tokens rotate.</summary>
    public int RefreshGraceSeconds { get; init; }

    public int AccessTokenSeconds { get; init; } = 3600;

    /// <summary>The scopes of OAuth tokens; null for all. API tokens have no scopes.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Whether the connected user may make and change fields.</summary>
    public bool FieldAdmin { get; init; } = true;

    /// <summary>The most custom fields that the plan allows; 0 for no limit.</summary>
    public int CustomFieldLimit { get; init; }

    /// <summary>Whether the company has the custom deal field "Lifecycle stage" from the start. Counts from the next reset on.</summary>
    public bool LifecycleField { get; init; } = true;

    /// <summary>Whether contacts are synchronised, which gives persons a job title and an address.</summary>
    public bool ContactSync { get; init; } = true;

    /// <summary>Whether the company has Campaigns, without which what it keeps of persons may not be asked for.</summary>
    public bool Campaigns { get; init; } = true;

    /// <summary>How the chosen option of a custom field of a lead is read: <c>string</c> or <c>number</c>.</summary>
    public string LeadEnum { get; init; } = "string";

    /// <summary>Whether the page of a list of leads is told in <c>additional_data.pagination</c> (true) or beside it.</summary>
    public bool LeadPaginationNested { get; init; } = true;

    /// <summary>Whether an empty v1 list is null instead of an empty one.</summary>
    public bool EmptyListNull { get; init; } = true;

    /// <summary>Whether a key of a lead that nobody knows is refused.</summary>
    public bool LeadUnknownKeysRefused { get; init; } = true;

    /// <summary>Whether a page size above 500 is cut to it (true) or refused.</summary>
    public bool LimitClamped { get; init; } = true;

    /// <summary>Whether removed v1 endpoints answer 410 instead of 404.</summary>
    public bool RemovedGone { get; init; }

    /// <summary>Whether <c>is_archived: false</c> may take a lead or deal out of the archive.</summary>
    public bool Unarchive { get; init; } = true;

    /// <summary>How long a conversion takes, and how it ends: <c>completed</c>, <c>failed</c> or <c>rejected</c>.</summary>
    public double ConversionSeconds { get; init; } = 2;
    public string ConversionEnds { get; init; } = "completed";

    /// <summary>How long lists lack a deal that a lead has become.</summary>
    public double ConversionLagSeconds { get; init; }

    /// <summary>Whether a conversion is told as a lead deleted and a deal created.</summary>
    public bool ConversionTold { get; init; } = true;

    /// <summary>Whether moving into or out of the archive is told as a change.</summary>
    public bool ArchivingTold { get; init; } = true;

    /// <summary>The longest time from a change until its webhook is sent; more than a little of it puts events out of order.</summary>
    public double WebhookDelaySeconds { get; init; } = 1;

    /// <summary>The shares of webhooks that are sent twice, and that are never sent.</summary>
    public double DuplicateWebhooks { get; init; }
    public double LostWebhooks { get; init; }

    /// <summary>Whether <c>meta.timestamp</c> is a number of seconds, as the prose has it, instead of a text, as the samples have it.</summary>
    public bool EpochTimestamps { get; init; }

    /// <summary>Whether <c>previous</c> is as loose as some samples: without the stamp of before, and with a key whose value is the same as now.</summary>
    public bool LoosePrevious { get; init; }

    /// <summary>Whether a delivery that arrives forgives earlier failures of its webhook.</summary>
    public bool SuccessResetsBan { get; init; }

    /// <summary>Whether the address of a new webhook is tried first, and whether only https is taken.</summary>
    public bool ProbeUrls { get; init; } = true;
    public bool HttpsOnly { get; init; }

    /// <summary>The most webhooks of one user.</summary>
    public int WebhookLimit { get; init; } = 40;

    /// <summary>Colleagues who left, by key.</summary>
    public IReadOnlyList<string> InactiveUsers { get; init; } = [];
}
