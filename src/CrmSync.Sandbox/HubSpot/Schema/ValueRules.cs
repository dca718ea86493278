using System.Globalization;

namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>Why one value is refused.</summary>
internal sealed record ValueProblem(string Property, string Code, string Message);

/// <summary>Checks a written value against its property, and brings it to the form in which it is kept.</summary>
internal static class ValueRules
{
    private const int LongestText = 65_536;

    /// <summary>Null when the value stands, now in its kept form; an empty value clears and always stands.</summary>
    public static ValueProblem? Check(PropertyDefinition definition, ref string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        return definition.Type switch
        {
            "number" => CheckNumber(definition, ref value),
            "bool" => CheckOneOf(definition, value, ["true", "false"]),
            "datetime" => CheckInstant(definition, ref value),
            "date" => CheckDate(definition, ref value),
            "enumeration" => CheckOptions(definition, value),
            _ when definition.Name == "email" => CheckEmail(definition, ref value),
            _ when value.Length > LongestText => new(definition.Name, "INVALID_STRING", $"Property \"{definition.Name}\" is longer than {LongestText} characters"),
            _ => null,
        };
    }

    private static ValueProblem? CheckNumber(PropertyDefinition definition, ref string value)
    {
        value = value.Trim();
        return decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? null
            : new(definition.Name, "INVALID_LONG", $"{value} was not a valid long.");
    }

    private static ValueProblem? CheckInstant(PropertyDefinition definition, ref string value)
    {
        if (!Instants.TryParse(value, out var instant))
        {
            return new(definition.Name, "INVALID_DATE", $"{value} was not a valid datetime.");
        }

        value = Instants.Format(instant);
        return null;
    }

    /// <summary>A date is a day, or epoch milliseconds at exactly midnight UTC.</summary>
    private static ValueProblem? CheckDate(PropertyDefinition definition, ref string value)
    {
        if (!Instants.TryParse(value, out var instant) || instant.TimeOfDay != TimeSpan.Zero)
        {
            return new(definition.Name, "INVALID_DATE", $"{value} is not at midnight UTC.");
        }

        value = instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return null;
    }

    private static ValueProblem? CheckOptions(PropertyDefinition definition, string value)
    {
        if (definition.AcceptsAnyOption)
        {
            return null;
        }

        var chosen = definition.IsMultiple ? value.Split(';', StringSplitOptions.RemoveEmptyEntries) : [value];
        var unknown = chosen.FirstOrDefault(option => definition.Option(option) is null);
        return unknown is null ? null : UnknownOption(definition, unknown, definition.Options.Select(option => option.Value));
    }

    private static ValueProblem? CheckOneOf(PropertyDefinition definition, string value, string[] allowed) =>
        allowed.Contains(value) ? null : UnknownOption(definition, value, allowed);

    private static ValueProblem UnknownOption(PropertyDefinition definition, string value, IEnumerable<string> allowed) =>
        new(definition.Name, "INVALID_OPTION", $"{value} was not one of the allowed options: [{string.Join(", ", allowed)}]");

    private static ValueProblem? CheckEmail(PropertyDefinition definition, ref string value)
    {
        value = value.Trim().ToLowerInvariant();
        var at = value.IndexOf('@', StringComparison.Ordinal);
        var isValid = at > 0 && at == value.LastIndexOf('@') && value.IndexOf('.', at) > at + 1 && !value.EndsWith('.') && !value.Any(char.IsWhiteSpace);
        return isValid ? null : new(definition.Name, "INVALID_EMAIL", $"Email address {value} is invalid");
    }
}
