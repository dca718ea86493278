namespace CrmSync.Adapters.HubSpot;

/// <summary>Companies and deals by contact id. A null list: the app may not read them.</summary>
internal sealed record HubSpotSurroundings(
    IReadOnlyDictionary<string, IReadOnlyList<HubSpotObject>>? Companies, IReadOnlyDictionary<string, IReadOnlyList<HubSpotObject>>? Deals)
{
    public static HubSpotSurroundings None { get; } = new(null, null);

    /// <summary>The company a contact belongs to first of all.</summary>
    public HubSpotObject? CompanyOf(string contactId) => Companies?.GetValueOrDefault(contactId) is { Count: > 0 } some ? some[0] : null;
}
