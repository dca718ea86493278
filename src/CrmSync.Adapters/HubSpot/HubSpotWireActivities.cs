using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

// The JSON of tasks, notes, what ties them to contacts, and users.

internal sealed record HubSpotBatchCreate(IReadOnlyList<HubSpotNew> Inputs);

internal sealed record HubSpotNew(
    string ObjectWriteTraceId, IReadOnlyDictionary<string, string> Properties, IReadOnlyList<HubSpotNewLink> Associations);

internal sealed record HubSpotNewLink(HubSpotId To, IReadOnlyList<HubSpotNewLinkType> Types);

internal sealed record HubSpotNewLinkType(string AssociationCategory, int AssociationTypeId);

internal sealed record HubSpotTies(IReadOnlyList<HubSpotTie> Inputs);

internal sealed record HubSpotTie(HubSpotId From, HubSpotId To);

internal sealed record HubSpotTieBatch(List<HubSpotError>? Errors);

internal sealed record HubSpotOwnerPage(List<Received<HubSpotOwnerRecord>>? Results, HubSpotPaging? Paging);

internal sealed record HubSpotOwnerRecord(string? Id, string? UserId, string? UserIdIncludingInactive, string? FirstName, string? LastName, string? Type);
