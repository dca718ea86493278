namespace CrmSync.Worker.Configuration;

/// <summary><c>Connections:&lt;name&gt;:Offers</c>: the brake on new offers after going live.</summary>
public sealed class OffersOptions
{
    public int PerOwnerAndDay { get; set; } = OfferLimits.Default.PerOwnerAndDay;
    public int PerDay { get; set; } = OfferLimits.Default.PerDay;
    public int Days { get; set; } = OfferLimits.Default.Days;
}

/// <summary><c>Connections:&lt;name&gt;:Pilot</c>.</summary>
public sealed class PilotOptions
{
    /// <summary><c>owner:ID</c>, <c>list:ID</c> or <c>lead:ID</c>, with ids as the CRM has them.</summary>
    public string? Only { get; set; }
}
