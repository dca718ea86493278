using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

// The JSON of HubSpot's endpoints, as far as it is used. Everything may be absent: HubSpot says so of errors, and means it.

internal sealed record HubSpotObject
{
    public string? Id { get; init; }
    public Dictionary<string, string?>? Properties { get; init; }
    public Dictionary<string, List<HubSpotVersion>?>? PropertiesWithHistory { get; init; }
    public string? CreatedAt { get; init; }
    public string? UpdatedAt { get; init; }
    public bool? Archived { get; init; }
    public string? ObjectWriteTraceId { get; init; }

    public string? this[string property] => Properties is not null && Properties.TryGetValue(property, out var value) && value?.Length > 0 ? value : null;
}

internal sealed record HubSpotVersion(string? Value, string? Timestamp, string? SourceType, string? SourceId, string? UpdatedByUserId);

internal sealed record HubSpotPage(List<Received<HubSpotObject>>? Results, HubSpotPaging? Paging);

internal sealed record HubSpotPaging(HubSpotNext? Next);

internal sealed record HubSpotNext(string? After);

internal sealed record HubSpotBatch(List<Received<HubSpotObject>>? Results, List<HubSpotError>? Errors);

internal sealed record HubSpotError(
    string? Message,
    string? Category,
    string? SubCategory,
    string? PolicyName,
    string? Code,
    string? Id,
    string? CorrelationId,
    Dictionary<string, JsonElement>? Context,
    List<HubSpotError>? Errors);

internal sealed record HubSpotId(string Id);

internal sealed record HubSpotSearch(
    IReadOnlyList<HubSpotFilterGroup> FilterGroups, IReadOnlyList<HubSpotSort> Sorts, IReadOnlyList<string> Properties, int Limit);

internal sealed record HubSpotFilterGroup(IReadOnlyList<HubSpotFilter> Filters);

internal sealed record HubSpotFilter(string PropertyName, string Operator, string? Value = null);

internal sealed record HubSpotSort(string PropertyName, string Direction);

internal sealed record HubSpotBatchRead(
    IReadOnlyList<string> Properties, IReadOnlyList<string>? PropertiesWithHistory, IReadOnlyList<HubSpotId> Inputs, string? IdProperty = null);

internal sealed record HubSpotBatchUpdate(IReadOnlyList<HubSpotUpdate> Inputs);

/// <summary><paramref name="Id"/> is the record's, or the value of <paramref name="IdProperty"/>.</summary>
internal sealed record HubSpotUpdate(
    string Id, string ObjectWriteTraceId, IReadOnlyDictionary<string, string> Properties, string? IdProperty = null);

internal sealed record HubSpotLinkQuery(IReadOnlyList<HubSpotLinkInput> Inputs);

internal sealed record HubSpotLinkInput(string Id, string? After = null);

internal sealed record HubSpotLinks(HubSpotLinkEnd? From, List<HubSpotLink>? To, HubSpotPaging? Paging);

internal sealed record HubSpotLinkBatch(List<Received<HubSpotLinks>>? Results);

internal sealed record HubSpotLinkEnd(string? Id);

internal sealed record HubSpotLink(string? ToObjectId, List<HubSpotLinkType>? AssociationTypes);

internal sealed record HubSpotLinkType(string? Category, int? TypeId, string? Label);

internal sealed record HubSpotAccount(string? PortalId, string? TimeZone);

internal sealed record HubSpotTokenAnswer(string? AccessToken, string? RefreshToken, decimal? ExpiresIn, string? HubId, IReadOnlyList<string>? Scopes);
