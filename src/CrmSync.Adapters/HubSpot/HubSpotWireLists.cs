using System.Text.Json;

namespace CrmSync.Adapters.HubSpot;

// The JSON of lists, which HubSpot's pages call segments: what set-up asks for and makes. Names and required fields are those
// of HubSpot's npm client 13.5.0 (codegen/crm/lists/models).

internal sealed record HubSpotListAnswer(HubSpotFoundList? List);

/// <summary>The filters stay unread: an admin may have built them of anything.</summary>
internal sealed record HubSpotFoundList(string? ListId, string? Name, JsonElement? FilterBranch);

internal sealed record HubSpotMembers(IReadOnlyList<HubSpotMember>? Results, HubSpotPaging? Paging);

internal sealed record HubSpotMember(string? RecordId);

internal sealed record HubSpotListDefinition(string Name, string ObjectTypeId, string ProcessingType, HubSpotListBranch FilterBranch);

internal sealed record HubSpotListBranch(
    string FilterBranchType, string FilterBranchOperator, IReadOnlyList<HubSpotListBranch> FilterBranches, IReadOnlyList<HubSpotListFilter> Filters);

internal sealed record HubSpotListFilter(string FilterType, string Property, HubSpotListOperation Operation);

/// <summary>Each type of operation uses some of these. Records without a value are left out.</summary>
internal sealed record HubSpotListOperation(string OperationType, string Operator)
{
    public bool IncludeObjectsWithNoValueSet { get; init; }
    public IReadOnlyList<string>? Values { get; init; }
    public int? Value { get; init; }

    /// <summary>Operations on time name their type twice.</summary>
    public string? Type { get; init; }
    public string? PropertyParser { get; init; }
    public string? LowerBoundEndpointBehavior { get; init; }
    public string? UpperBoundEndpointBehavior { get; init; }
    public HubSpotTimePoint? LowerBoundTimePoint { get; init; }
    public HubSpotTimePoint? UpperBoundTimePoint { get; init; }
}

internal sealed record HubSpotTimePoint(
    string TimeType, string TimezoneSource, string ZoneId, HubSpotTimeReference IndexReference, HubSpotTimeOffset? Offset = null);

internal sealed record HubSpotTimeReference(string ReferenceType);

internal sealed record HubSpotTimeOffset(int Days);
