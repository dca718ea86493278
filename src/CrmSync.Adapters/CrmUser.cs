namespace CrmSync.Adapters;

/// <summary>
/// A user of the account. <paramref name="Id"/> is what owner fields hold; <paramref name="ActorId"/> what history names
/// who changed something by, where that is another. <paramref name="Name"/> is for texts in the CRM alone.
/// </summary>
public sealed record CrmUser(string Id, bool Active, string? Name = null, string? ActorId = null);
