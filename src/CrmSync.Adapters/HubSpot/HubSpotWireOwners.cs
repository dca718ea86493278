using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

// The JSON of users.

internal sealed record HubSpotOwners(List<Received<HubSpotOwner>>? Results, HubSpotPaging? Paging);

internal sealed record HubSpotOwner(string? Id, string? UserId, string? UserIdIncludingInactive, string? FirstName, string? LastName, string? Type);
