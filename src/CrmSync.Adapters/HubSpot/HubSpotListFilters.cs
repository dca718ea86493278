namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Filters as HubSpot's lists take them, by the examples of its guides (developers.hubspot.com/docs, "List filters": one OR branch
/// with AND branches in it, "In last X number of days", "Updated in the last X days"; "List filter definitions": the operators).
/// "Before now" is a range that ends now, since of a single point in time the guides show today and never now. Not tried on a
/// real account: the two guides differ on which bound of a range over a value may be now (the example is followed) and on
/// the case of operation types (that of the definitions and of the npm client is).
/// </summary>
internal static class HubSpotListFilters
{
    private const string Range = "TIME_RANGED";
    private const string Inclusive = "INCLUSIVE";

    public static HubSpotListBranch All(params IReadOnlyList<HubSpotListFilter> filters) =>
        new("OR", "OR", [new("AND", "AND", [], filters)], []);

    public static HubSpotListFilter AnyOf(string property, params IReadOnlyList<string> values) =>
        On(property, new("ENUMERATION", "IS_ANY_OF") { Values = values });

    public static HubSpotListFilter Empty(string property) => On(property, new("ALL_PROPERTY", "IS_UNKNOWN"));

    public static HubSpotListFilter AtLeast(string property, int value) => On(property, new("NUMBER", "IS_GREATER_THAN_OR_EQUAL_TO") { Value = value });

    public static HubSpotListFilter Below(string property, int value) => On(property, new("NUMBER", "IS_LESS_THAN") { Value = value });

    /// <summary>The value of the property lies in the last days, or is this very instant.</summary>
    public static HubSpotListFilter InLastDays(string property, int days, string zone) => On(property, LastDays("VALUE", days, zone));

    /// <summary>The property was written in the last days.</summary>
    public static HubSpotListFilter UpdatedInLastDays(string property, int days, string zone) => On(property, LastDays("UPDATED_AT", days, zone));

    private static HubSpotListOperation LastDays(string parser, int days, string zone) => new(Range, "IS_BETWEEN")
    {
        Type = Range,
        PropertyParser = parser,
        LowerBoundEndpointBehavior = Inclusive,
        UpperBoundEndpointBehavior = Inclusive,
        LowerBoundTimePoint = new("INDEXED", "CUSTOM", zone, new("TODAY"), new(-days)),
        UpperBoundTimePoint = new("INDEXED", "CUSTOM", zone, new("NOW")),
    };

    private static HubSpotListFilter On(string property, HubSpotListOperation operation) => new("PROPERTY", property, operation);
}
