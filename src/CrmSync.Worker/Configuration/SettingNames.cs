using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Finds every setting that has no place or no readable value, by its full name. Tells no value.</summary>
internal static class SettingNames
{
    /// <summary>Adds a problem for every name under a section that the options do not have, for a list that is no list, and for a time without a unit.</summary>
    public static void Check(IConfigurationSection section, Type options, List<SettingProblem> problems)
    {
        var known = options.GetProperties().ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.GetChildren())
        {
            if (!known.TryGetValue(setting.Key, out var property))
                problems.Add(new(setting.Path, "There is no such setting.", $"Known: {string.Join(", ", known.Keys)}."));
            else if (IsGroup(property.PropertyType) && !string.IsNullOrEmpty(setting.Value))
                problems.Add(new(setting.Path, "It is a single value.", IsList(property.PropertyType) ? $"Write a list; in the environment {setting.Path.Replace(":", "__")}__0." : "Write a group of settings."));
            else if (IsOptions(property.PropertyType))
                Check(setting, property.PropertyType, problems);
            else if (property.PropertyType == typeof(TimeSpan) && IsBareNumber(setting.Value))
                problems.Add(new(setting.Path, "It is a bare number, and would count days.", Repair(property)));
        }
    }

    /// <summary>The settings whose values are not of their type.</summary>
    public static IEnumerable<SettingProblem> Unreadable(IConfigurationSection section, Type options) => options.GetProperties()
        .Where(p => section[p.Name] is { } text && !IsGroup(p.PropertyType) && !IsReadable(p.PropertyType, text))
        .Select(p => new SettingProblem($"{section.Path}:{p.Name}", "Its value cannot be read.", Repair(p)))
        .Concat(options.GetProperties().Where(p => IsOptions(p.PropertyType)).SelectMany(p => Unreadable(section.GetSection(p.Name), p.PropertyType)));

    /// <summary>Whoever writes 1 means a minute, or a second; the platform reads it as a day.</summary>
    private static bool IsBareNumber(string? text) => text?.Contains(':', StringComparison.Ordinal) == false && IsReadable(typeof(TimeSpan), text);

    private static bool IsReadable(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Repair(PropertyInfo property) => property switch
    {
        { Name: nameof(NotifyOptions.At) } => "Write hours and minutes, such as 08:00.",
        { PropertyType: var type } when type == typeof(TimeSpan) => "Write hours, minutes and seconds, such as 00:01:00.",
        { PropertyType: var type } when type == typeof(bool) => "Write true or false.",
        { PropertyType: var type } when type == typeof(int) => "Write a whole number, such as 5.",
        _ => "Write a number, such as 0.6.",
    };

    private static bool IsGroup(Type type) => IsOptions(type) || IsList(type);

    private static bool IsOptions(Type type) => type.Namespace == typeof(ConnectionOptions).Namespace && type.IsClass;

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);
}
