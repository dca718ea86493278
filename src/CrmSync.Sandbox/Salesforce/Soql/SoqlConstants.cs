using System.Globalization;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Soql;

/// <summary>Holds the constants of a condition against the type of its field.</summary>
internal static class SoqlConstants
{
    /// <summary>The constant as a value of the field: null for null. A word for a day is its first moment.</summary>
    public static object? Read(SoqlSource source, FieldDefinition field, ParsedConstant constant)
    {
        if (constant.Kind == TokenKind.Word && string.Equals(constant.Text, "null", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return field.Type switch
        {
            "boolean" when constant.Kind == TokenKind.Word && bool.TryParse(constant.Text, out var flag) => flag,
            "int" or "double" or "currency" or "percent" when constant.Kind == TokenKind.Number
                && double.TryParse(constant.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            "date" when Day(source, constant) is { } day => day,
            "datetime" when Instant(source, constant) is { } at => at,
            "id" or "reference" when constant.Kind == TokenKind.Text => RecordId.Normalise(SoqlText.Plain(constant.Text)) ?? throw BadId(source, field, constant),
            _ when field.IsText && constant.Kind == TokenKind.Text => SoqlText.Plain(constant.Text),
            _ => throw WrongType(source, field, constant),
        };
    }

    /// <summary>For a word that names several days, the day after its last.</summary>
    public static object? ReadEnd(SoqlSource source, FieldDefinition field, ParsedConstant constant) =>
        constant.Kind == TokenKind.Word && Days(source, constant.Text) is { } days
            ? field.Type == "date" ? days.End : Start(days.End)
            : null;

    private static DateOnly? Day(SoqlSource source, ParsedConstant constant) => constant.Kind switch
    {
        TokenKind.Number => SalesforceInstants.ParseDay(constant.Text),
        TokenKind.Word => Days(source, constant.Text)?.Start,
        _ => null,
    };

    private static DateTimeOffset? Instant(SoqlSource source, ParsedConstant constant) => constant.Kind switch
    {
        TokenKind.Number => SalesforceInstants.Parse(constant.Text),
        TokenKind.Word when Days(source, constant.Text) is { } days => Start(days.Start),
        _ => null,
    };

    private static (DateOnly Start, DateOnly End)? Days(SoqlSource source, string word)
    {
        var today = DateOnly.FromDateTime(source.Now.UtcDateTime);
        var parts = word.ToUpperInvariant().Split(':');
        var count = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return (parts[0], count) switch
        {
            ("TODAY", null) => (today, today.AddDays(1)),
            ("YESTERDAY", null) => (today.AddDays(-1), today),
            ("TOMORROW", null) => (today.AddDays(1), today.AddDays(2)),
            ("LAST_N_DAYS", { } days) => (today.AddDays(-days), today.AddDays(1)),
            ("NEXT_N_DAYS", { } days) => (today.AddDays(1), today.AddDays(days + 1)),
            _ => null,
        };
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static SoqlException BadId(SoqlSource source, FieldDefinition field, ParsedConstant constant) =>
        SoqlException.At("INVALID_QUERY_FILTER_OPERATOR", source.Text, constant.Position, $"invalid ID field: {SoqlText.Plain(constant.Text)} ({field.Name})");

    private static SoqlException WrongType(SoqlSource source, FieldDefinition field, ParsedConstant constant)
    {
        var type = field.Type switch
        {
            "datetime" => "dateTime",
            "currency" or "double" or "percent" => "double",
            _ when field.IsText || field.Type is "id" or "reference" => "string",
            _ => field.Type,
        };
        var quotes = type == "string" ? "should be enclosed in quotes" : "should not be enclosed in quotes";
        return SoqlException.At("INVALID_FIELD", source.Text, constant.Position, $"value of filter criterion for field '{field.Name}' must be of type {type} and {quotes}");
    }
}
