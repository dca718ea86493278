using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>
/// Filters on time: before, after or between points that move with the clock. A point is now, or a day counted from today in a zone of its own; HubSpot's
/// guide knows fixed dates and other properties as well, which are refused here. By its table of 2024 a single point is never "now".
/// </summary>
internal static class ListTimes
{
    private const int MostDays = 36_500;

    public static Func<HubSpotRecord, string, DateTimeOffset, bool> Parse(PropertyDefinition property, string type, string sign, JsonObject operation)
    {
        var parser = HubSpotJson.Text(operation["propertyParser"]) ?? "VALUE";
        if (parser is not ("VALUE" or "UPDATED_AT") || (parser == "VALUE" && property.Type is not ("date" or "datetime")))
        {
            throw HubSpotRefusal.Validation($"Invalid filter on property {property.Name}: {parser} of it is no time");
        }

        var holds = Condition(type, sign, operation);
        return parser == "VALUE"
            ? (_, value, now) => Instants.TryParse(value, out var instant) && holds(instant, now)
            : (record, _, now) => record.Versions(property.Name) is [var latest, ..] && holds(latest.At, now);
    }

    private static Func<DateTimeOffset, DateTimeOffset, bool> Condition(string type, string sign, JsonObject operation)
    {
        Func<DateTimeOffset, DateTimeOffset> Point(string name, bool isEnd) => ListTimes.Point(operation[name] as JsonObject ?? [], isEnd, type == "TIME_RANGED");
        if ((type, sign) is ("TIME_POINT", "IS_BEFORE" or "IS_AFTER"))
        {
            var point = Point("timePoint", sign == "IS_AFTER");
            return sign == "IS_BEFORE" ? (instant, now) => instant < point(now) : (instant, now) => instant > point(now);
        }

        if ((type, sign) is not ("TIME_RANGED", "IS_BETWEEN" or "IS_NOT_BETWEEN"))
        {
            throw HubSpotRefusal.Validation($"Invalid filter: {sign} is no operator of {type}");
        }

        var (lower, upper) = (Point("lowerBoundTimePoint", false), Point("upperBoundTimePoint", true));
        return (instant, now) => (instant >= lower(now) && instant <= upper(now)) == (sign == "IS_BETWEEN");
    }

    /// <summary>The point for an instant of the clock: of a day its first or last millisecond.</summary>
    private static Func<DateTimeOffset, DateTimeOffset> Point(JsonObject point, bool isEnd, bool mayBeNow)
    {
        var offset = point["offset"] as JsonObject ?? [];
        if (HubSpotJson.Text(point["timeType"]) != "INDEXED" || !TimeZoneInfo.TryFindSystemTimeZoneById(HubSpotJson.Text(point["zoneId"]) ?? "", out var zone)
            || offset.Any(unit => unit.Key != "days") || Days(offset) is not { } days)
        {
            throw HubSpotRefusal.Validation("A time point needs the timeType INDEXED, a known zoneId, and an offset in days if any");
        }

        return (HubSpotJson.Text((point["indexReference"] as JsonObject)?["referenceType"]), mayBeNow) switch
        {
            ("NOW", true) => now => now.AddDays(days),
            ("TODAY", _) => now => Midnight(TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(days + (isEnd ? 1 : 0)), zone).AddMilliseconds(isEnd ? -1 : 0),
            var (reference, _) => throw HubSpotRefusal.Validation($"Invalid filter: a time point cannot refer to {reference} here"),
        };
    }

    private static int? Days(JsonObject offset) =>
        int.TryParse(HubSpotJson.Text(offset["days"]) ?? "0", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)
        && Math.Abs(days) <= MostDays ? days : null;

    private static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone) => new(day, zone.GetUtcOffset(day));
}
