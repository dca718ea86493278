using Refit;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// HubSpot's endpoints. The first argument of each is the path that the API version makes (<see cref="HubSpotPaths"/>).
/// </summary>
internal interface IHubSpotApi
{
    [Post("/{**objects}/{type}/search")]
    Task<HubSpotPage> SearchAsync(string objects, string type, [Body] HubSpotSearch query, CancellationToken cancellationToken);

    [Get("/{**objects}/{type}")]
    Task<HubSpotPage> ListAsync(string objects, string type, int limit, string? after, string properties, string archived, CancellationToken cancellationToken);

    [Get("/{**objects}/{type}/{id}")]
    Task<HubSpotObject> GetAsync(string objects, string type, string id, string properties, CancellationToken cancellationToken);

    [Post("/{**objects}/{type}/batch/read")]
    Task<HubSpotBatch> BatchReadAsync(string objects, string type, string archived, [Body] HubSpotBatchRead query, CancellationToken cancellationToken);

    [Post("/{**objects}/{type}/batch/update")]
    Task<HubSpotBatch> BatchUpdateAsync(string objects, string type, [Body] HubSpotBatchUpdate update, CancellationToken cancellationToken);

    [Post("/{**objects}/{type}/batch/upsert")]
    Task<HubSpotBatch> BatchUpsertAsync(string objects, string type, [Body] HubSpotBatchUpdate upsert, CancellationToken cancellationToken);

    [Post("/{**objects}/{type}/batch/create")]
    Task<HubSpotBatch> BatchCreateAsync(string objects, string type, [Body] HubSpotBatchCreate create, CancellationToken cancellationToken);

    [Post("/{**associations}/{from}/{to}/batch/associate/default")]
    Task<HubSpotTieBatch> AssociateAsync(string associations, string from, string to, [Body] HubSpotTies ties, CancellationToken cancellationToken);

    [Get("/{**owners}")]
    Task<HubSpotOwnerPage> OwnersAsync(string owners, int limit, string? after, string archived, CancellationToken cancellationToken);

    [Post("/{**associations}/{from}/{to}/batch/read")]
    Task<HubSpotLinkBatch> LinksAsync(string associations, string from, string to, [Body] HubSpotLinkQuery query, CancellationToken cancellationToken);

    [Get("/{**properties}/{type}")]
    Task<HubSpotProperties> PropertiesAsync(string properties, string type, CancellationToken cancellationToken);

    [Get("/{**properties}/{type}/{name}")]
    Task<HubSpotProperty> PropertyAsync(string properties, string type, string name, CancellationToken cancellationToken);

    [Post("/{**properties}/{type}")]
    Task<HubSpotProperty> CreatePropertyAsync(string properties, string type, [Body] HubSpotProperty property, CancellationToken cancellationToken);

    [Patch("/{**properties}/{type}/{name}")]
    Task<HubSpotProperty> UpdatePropertyAsync(
        string properties, string type, string name, [Body] HubSpotPropertyOptions options, CancellationToken cancellationToken);

    [Get("/{**properties}/{type}/groups/{name}")]
    Task<HubSpotGroup> GroupAsync(string properties, string type, string name, CancellationToken cancellationToken);

    [Post("/{**properties}/{type}/groups")]
    Task<HubSpotGroup> CreateGroupAsync(string properties, string type, [Body] HubSpotGroup group, CancellationToken cancellationToken);

    [Get("/{**lists}/object-type-id/{type}/name/{name}")]
    Task<HubSpotListAnswer> ListByNameAsync(string lists, string type, string name, string includeFilters, CancellationToken cancellationToken);

    [Get("/{**lists}/{id}/memberships")]
    Task<HubSpotMembers> ListMembersAsync(string lists, string id, int limit, string? after, CancellationToken cancellationToken);

    [Post("/{**lists}")]
    Task<HubSpotListAnswer> CreateListAsync(string lists, [Body] HubSpotListDefinition list, CancellationToken cancellationToken);

    [Get("/{**account}/details")]
    Task<HubSpotAccount> AccountAsync(string account, CancellationToken cancellationToken);
}

/// <summary>Paths of one API version: a dated one, or the legacy profile <c>v3</c> with associations in <c>v4</c>.</summary>
internal sealed record HubSpotPaths(string Version)
{
    private bool IsLegacy => Version.StartsWith('v');

    public string Objects => IsLegacy ? $"crm/{Version}/objects" : $"crm/objects/{Version}";
    public string Associations => IsLegacy ? "crm/v4/associations" : $"crm/associations/{Version}";
    public string Properties => IsLegacy ? $"crm/{Version}/properties" : $"crm/properties/{Version}";
    public string Lists => IsLegacy ? $"crm/{Version}/lists" : $"crm/lists/{Version}";
    public string Owners => IsLegacy ? $"crm/{Version}/owners" : $"crm/owners/{Version}";
    public string Account => $"account-info/{Version}";
    public string Token => $"oauth/{Version}/token";

    /// <summary>Whether sending a request again changes nothing: also the POSTs that only ask.</summary>
    public static bool IsRead(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || request.RequestUri?.AbsolutePath is { } path && (IsSearch(request) || path.EndsWith("/batch/read", StringComparison.Ordinal));

    public static bool IsSearch(HttpRequestMessage request) =>
        request.RequestUri?.AbsolutePath.EndsWith("/search", StringComparison.Ordinal) == true;
}
