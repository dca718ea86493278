namespace CrmSync.Adapters;

/// <summary>A deal that is a lead's own record, and since when it stands so; null where the CRM does not tell.</summary>
public sealed record OwnDeal(DealStanding Stands, DateTimeOffset? Since);

/// <summary>How a deal stands.</summary>
public enum DealStanding
{
    Open,
    Won,
    Lost,
}
