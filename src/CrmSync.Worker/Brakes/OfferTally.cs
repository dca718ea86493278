using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Brakes;

/// <summary>Whom the offer brake let through on one local day; remembered as JSON.</summary>
/// <param name="Owners">By lead key: the owner; empty for none.</param>
internal sealed record OfferTally(DateOnly Day, Dictionary<string, string> Owners)
{
    public int All => Owners.Count;

    public int Of(string? owner) => Owners.Values.Count(o => o == (owner ?? ""));

    /// <summary>Let through already: a lead judged again takes no second place.</summary>
    public bool Has(string leadKey) => Owners.ContainsKey(leadKey);

    public void Add(OfferWish wish) => Owners[wish.LeadKey] = wish.OwnerId ?? "";

    public bool HasRoom(OfferLimits limits, string? owner, int reserved, int reservedOfOwner) =>
        All + reserved < limits.PerDay && Of(owner) + reservedOfOwner < limits.PerOwnerAndDay;
}
