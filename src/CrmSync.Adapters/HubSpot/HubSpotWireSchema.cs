namespace CrmSync.Adapters.HubSpot;

// The JSON of property definitions: what check reads and set-up writes.

internal sealed record HubSpotProperties(List<HubSpotProperty>? Results);

internal sealed record HubSpotProperty(
    string? Name, string? Label, string? Type, string? FieldType, string? GroupName, List<HubSpotOption>? Options, string? Description = null,
    bool? HasUniqueValue = null);

internal sealed record HubSpotOption(string? Value, string? Label, bool Hidden = false, int? DisplayOrder = null);

internal sealed record HubSpotPropertyOptions(IReadOnlyList<HubSpotOption> Options);

internal sealed record HubSpotGroup(string? Name, string? Label);
