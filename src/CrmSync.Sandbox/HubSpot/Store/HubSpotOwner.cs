namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>A user of the account. Records are owned under the id; the user id is another number.</summary>
internal sealed record HubSpotOwner(string Key, long Id, long UserId, string Email, string FirstName, string LastName);
