namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>What an account is like, and how HubSpot behaves where its documentation leaves the behaviour open.</summary>
public sealed record HubSpotSwitches
{
    /// <summary>A lifecycle stage written backwards: <c>keep</c> answers 200 with the old value, <c>400</c> refuses.</summary>
    public string BackwardWrite { get; init; } = "keep";

    /// <summary>Whether the account has a custom stage "Sales Accepted Lead" between MQL and SQL.</summary>
    public bool SalStage { get; init; } = true;

    /// <summary>Whether lifecycle stages can be read and made through the pipelines API.</summary>
    public bool ContactsPipeline { get; init; } = true;

    /// <summary>The stage of new contacts and companies; empty for none.</summary>
    public string DefaultStage { get; init; } = "lead";

    /// <summary>Whether deals move the lifecycle stage of their contacts and companies.</summary>
    public bool DealStageSync { get; init; } = true;

    /// <summary>Which entry the dates of a stage show: <c>first</c> or <c>latest</c>.</summary>
    public string StageDates { get; init; } = "first";

    /// <summary>The longest time from a change until search shows it.</summary>
    public double SearchLagSeconds { get; init; } = 30;

    /// <summary>Whether writing an equal value moves the modified date.</summary>
    public bool EqualWriteTouches { get; init; }

    /// <summary>Whether a merge makes a third record instead of keeping the winner's id.</summary>
    public bool MergeMakesNewId { get; init; }

    /// <summary>Whether invalid values in a batch update with trace ids fail alone, as they do in a batch create.</summary>
    public bool BatchUpdatePartial { get; init; }

    /// <summary>Whether results of a batch come in another order than the inputs.</summary>
    public bool ShuffleBatchResults { get; init; } = true;

    /// <summary>Whether association ends are strings in the answers of the association endpoints.</summary>
    public bool AssociationIdsAsStrings { get; init; }

    /// <summary>Stages that may be set only when certain other properties have a value, by stage.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredForStage { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether tasks and notes may have a unique property of the account's own.</summary>
    public bool UniqueActivityProperties { get; init; } = true;

    /// <summary>Whether the value of a unique property stays taken when its record is archived.</summary>
    public bool ArchivedKeepUnique { get; init; }

    /// <summary>Owners who left the account, by their key.</summary>
    public IReadOnlyList<string> ArchivedOwners { get; init; } = [];

    /// <summary>Whether a record may be given to an owner who left.</summary>
    public bool ArchivedOwnersMayOwn { get; init; } = true;

    /// <summary>Whether a refresh answers with a new refresh token and ends the old one.</summary>
    public bool RotateRefreshTokens { get; init; }

    /// <summary>How long a refresh token that was spent is still taken, where refresh tokens rotate.</summary>
    public int RefreshGraceSeconds { get; init; }

    public int AccessTokenSeconds { get; init; } = 1800;

    /// <summary>The scopes of every token; null for all.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Requests in 10 seconds with a static token.</summary>
    public int StaticLimit { get; init; } = 190;

    /// <summary>Requests in 10 seconds with an OAuth token.</summary>
    public int OAuthLimit { get; init; } = 110;

    /// <summary>Searches in a second, for the whole account.</summary>
    public int SearchLimit { get; init; } = 5;

    /// <summary>Requests in a day with static tokens.</summary>
    public int DailyLimit { get; init; } = 650_000;

    /// <summary>Whether answers to a search carry the two daily headers, as captures of 2022 show.</summary>
    public bool SearchDailyHeaders { get; init; }

    public string TimeZone { get; init; } = "Europe/Copenhagen";

    /// <summary>The longest time from a change until its webhook is sent.</summary>
    public double WebhookDelaySeconds { get; init; } = 2;

    /// <summary>The share of webhook batches that are sent twice.</summary>
    public double DuplicateWebhooks { get; init; }

    /// <summary>Whether the events of a webhook batch are out of order, and the batches that leave at once in the reverse order.</summary>
    public bool ShuffleWebhooks { get; init; }

    /// <summary>Whether PATCH of a property replaces its options (true) or adds to them.</summary>
    public bool OptionsReplaced { get; init; } = true;
}
