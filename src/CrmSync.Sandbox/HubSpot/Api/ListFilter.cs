using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>
/// One filter of a list, on a property. Types of operation and their operators are those of HubSpot's guide to list filters; the ones that are not here are
/// refused like unknown ones.
/// </summary>
internal sealed class ListFilter
{
    private readonly Portal portal;
    private readonly PropertyDefinition property;
    private readonly bool acceptsEmpty;
    private readonly Func<HubSpotRecord, string, DateTimeOffset, bool> passes;

    private ListFilter(Portal portal, PropertyDefinition property, JsonObject operation)
    {
        (this.portal, this.property) = (portal, property);
        var (type, sign) = (HubSpotJson.Text(operation["operationType"]), HubSpotJson.Text(operation["operator"]) ?? "");
        // "Is unknown" passes records without a value whatever the flag for them says: HubSpot's own exports carry it with false.
        acceptsEmpty = HubSpotJson.Text(operation["includeObjectsWithNoValueSet"]) == "true" || (type, sign) is ("ALL_PROPERTY", "IS_UNKNOWN");
        passes = (type, property.Type) switch
        {
            ("ALL_PROPERTY", _) when sign is "IS_KNOWN" or "IS_UNKNOWN" => (_, _, _) => sign == "IS_KNOWN",
            ("ENUMERATION", "enumeration") when sign is "IS_ANY_OF" or "IS_NONE_OF" => AnyOf(HubSpotJson.List(operation["values"]), sign == "IS_ANY_OF"),
            ("NUMBER", "number") => Compared(sign, operation["value"]),
            ("TIME_POINT" or "TIME_RANGED", _) => ListTimes.Parse(property, type, sign, operation),
            _ => throw Refuse($"operation {type} {sign} does not fit its type {property.Type}"),
        };
    }

    public static ListFilter Parse(Portal portal, ObjectType type, JsonObject filter)
    {
        if (HubSpotJson.Text(filter["filterType"]) != "PROPERTY" || filter["operation"] is not JsonObject operation)
        {
            throw HubSpotRefusal.Validation("A filter needs the filterType PROPERTY and an operation");
        }

        var name = HubSpotJson.Text(filter["property"]) ?? "";
        var property = portal.Schema(type).Find(name) ?? throw HubSpotRefusal.Validation($"Property {name} does not exist");
        return new ListFilter(portal, property, operation);
    }

    public bool Accept(HubSpotRecord record, RecordState state, DateTimeOffset now) =>
        RecordReader.Read(portal, record, state, property.Name) is { } value ? passes(record, value, now) : acceptsEmpty;

    private Func<HubSpotRecord, string, DateTimeOffset, bool> AnyOf(List<string> values, bool isWanted)
    {
        if (values.Count == 0 || values.Find(value => property.Option(value) is null && !property.AcceptsAnyOption) is not null)
        {
            throw Refuse("values must be some of its options");
        }

        return (_, value, _) => value.Split(';').Any(values.Contains) == isWanted;
    }

    private Func<HubSpotRecord, string, DateTimeOffset, bool> Compared(string sign, JsonNode? operand)
    {
        if (operand is not JsonValue || !TryNumber(HubSpotJson.Text(operand), out var wanted))
        {
            throw Refuse("value must be a number");
        }

        Func<decimal, bool> holds = sign switch
        {
            "IS_EQUAL_TO" => number => number == wanted,
            "IS_NOT_EQUAL_TO" => number => number != wanted,
            "IS_GREATER_THAN" => number => number > wanted,
            "IS_GREATER_THAN_OR_EQUAL_TO" => number => number >= wanted,
            "IS_LESS_THAN" => number => number < wanted,
            "IS_LESS_THAN_OR_EQUAL_TO" => number => number <= wanted,
            _ => throw Refuse($"operator {sign} is not one for numbers"),
        };
        return (_, value, _) => TryNumber(value, out var number) && holds(number);
    }

    private HubSpotRefusal Refuse(string why) => HubSpotRefusal.Validation($"Invalid filter on property {property.Name}: {why}");

    private static bool TryNumber(string? text, out decimal number) => decimal.TryParse(text, CultureInfo.InvariantCulture, out number);
}
