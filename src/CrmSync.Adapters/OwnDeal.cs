namespace CrmSync.Adapters;

/// <summary>A deal that is a lead's own record, and since when it stands so; null where the CRM does not tell.</summary>
public sealed record OwnDeal(DealStanding Stands, DateTimeOffset? Since);

/// <summary>One of the deals of the person that a lead is.</summary>
/// <param name="Since">Since when it stands so; null where the CRM does not tell.</param>
/// <param name="IsNamed">The very deal that was made of the lead.</param>
public sealed record PersonDeal(DealStanding Stands, DateTimeOffset? CreatedAt, DateTimeOffset? Since, bool IsNamed);

/// <summary>How a deal stands.</summary>
public enum DealStanding
{
    Open,
    Won,
    Lost,

    /// <summary>All deals are told, and none is this lead's.</summary>
    None,
}
