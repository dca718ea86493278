using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>A filter on a property.</summary>
internal sealed class SearchFilter : ISearchFilter
{
    private static readonly string[] Operators =
        ["LT", "LTE", "GT", "GTE", "EQ", "NEQ", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"];

    private readonly Portal portal;
    private readonly PropertyDefinition definition;
    private readonly string operation;
    private readonly string value;
    private readonly string highValue;
    private readonly List<string> values;

    private SearchFilter(Portal portal, PropertyDefinition definition, JsonObject filter)
    {
        this.portal = portal;
        this.definition = definition;
        operation = HubSpotJson.Text(filter["operator"]) ?? "";
        value = HubSpotJson.Text(filter["value"]) ?? "";
        highValue = HubSpotJson.Text(filter["highValue"]) ?? "";
        values = HubSpotJson.List(filter["values"]);
    }

    public long? ModifiedSince(ObjectType type) =>
        definition.Name == type.ModifiedProperty && operation is "GT" or "GTE" or "EQ" or "BETWEEN" && Instants.TryParse(value, out var since) ? since.UtcTicks : null;

    public static SearchFilter Parse(Portal portal, ObjectType type, JsonObject filter)
    {
        var property = HubSpotJson.Text(filter["propertyName"]) ?? "";
        var definition = portal.Schema(type).Find(property)
            ?? throw HubSpotRefusal.Validation($"There was a problem with the request. Property {property} does not exist");
        var parsed = new SearchFilter(portal, definition, filter);
        if (!Operators.Contains(parsed.operation))
        {
            throw HubSpotRefusal.Validation($"Invalid operator {parsed.operation}");
        }

        if (parsed.IsWithoutValue)
        {
            throw HubSpotRefusal.Validation($"A value is required for operator {parsed.operation} on property {property}");
        }

        return parsed;
    }

    private bool IsWithoutValue => operation switch
    {
        "IN" or "NOT_IN" => values.Count == 0,
        "HAS_PROPERTY" or "NOT_HAS_PROPERTY" => false,
        _ => value.Length == 0,
    };

    public bool Matches(HubSpotRecord record, RecordState state)
    {
        if (definition.Name == record.Type.ModifiedProperty && operation is "GT" or "GTE" && Instants.TryParse(value, out var since))
        {
            return operation == "GT" ? state.UpdatedTicks > since.UtcTicks : state.UpdatedTicks >= since.UtcTicks;
        }

        var actual = RecordReader.Read(portal, record, state, definition.Name);
        return operation switch
        {
            "HAS_PROPERTY" => actual is not null,
            "NOT_HAS_PROPERTY" => actual is null,
            "NEQ" => actual is null || Compare(actual, value) != 0,
            "NOT_IN" => actual is null || !IsIn(actual),
            "NOT_CONTAINS_TOKEN" => actual is null || !HasToken(actual),
            _ => actual is not null && MatchesPresent(actual),
        };
    }

    private bool MatchesPresent(string actual) => operation switch
    {
        "EQ" => Compare(actual, value) == 0,
        "LT" => Compare(actual, value) < 0,
        "LTE" => Compare(actual, value) <= 0,
        "GT" => Compare(actual, value) > 0,
        "GTE" => Compare(actual, value) >= 0,
        "BETWEEN" => Compare(actual, value) >= 0 && Compare(actual, highValue) <= 0,
        "IN" => IsIn(actual),
        _ => HasToken(actual),
    };

    /// <summary>On texts the values of IN must already be lower case, or they find nothing.</summary>
    private bool IsIn(string actual) => definition.Type == "string"
        ? values.Contains(actual.ToLowerInvariant())
        : values.Any(candidate => Compare(actual, candidate) == 0);

    private bool HasToken(string actual)
    {
        var sought = value.Trim('*');
        var whole = value.Length == sought.Length;
        return actual.Split([' ', '@', '.', ',', ';', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Append(actual)
            .Any(token => whole ? token.Equals(sought, StringComparison.OrdinalIgnoreCase) : token.Contains(sought, StringComparison.OrdinalIgnoreCase));
    }

    private int Compare(string actual, string wanted)
    {
        if (definition.Type is "datetime" or "date")
        {
            return Instants.TryParse(actual, out var left) && Instants.TryParse(wanted, out var right) ? left.CompareTo(right) : 1;
        }

        if (definition.Type == "number")
        {
            return decimal.TryParse(actual, CultureInfo.InvariantCulture, out var left) && decimal.TryParse(wanted, CultureInfo.InvariantCulture, out var right)
                ? left.CompareTo(right)
                : 1;
        }

        // Options are told apart by case; free text is not.
        return string.Compare(actual, wanted, definition.Type == "enumeration" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
    }
}
