using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CrmSync.Worker.Configuration;

/// <summary><c>Connections:&lt;name&gt;:Offers</c>: the brake on new offers after going live.</summary>
public sealed class OffersOptions
{
    [Range(1, 1_000)]
    [Description("Leads without an owner count as one owner's.")]
    public int PerOwnerAndDay { get; set; } = OfferLimits.Default.PerOwnerAndDay;

    [Range(1, 1_000)]
    [Description("For the whole connection.")]
    public int PerDay { get; set; } = OfferLimits.Default.PerDay;

    [Range(0, 365)]
    [Description("How long after going live; 0: no limit.")]
    public int Days { get; set; } = OfferLimits.Default.Days;
}

/// <summary><c>Connections:&lt;name&gt;:Pilot</c>.</summary>
public sealed class PilotOptions
{
    [Description("owner:ID, list:ID or lead:ID, with ids as the CRM has them.")]
    public string? Only { get; set; }
}
