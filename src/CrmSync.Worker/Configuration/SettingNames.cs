using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Finds every setting that has no place or no readable value, by its full name. Tells no value.</summary>
internal static class SettingNames
{
    /// <summary>Adds a problem for every name under a section that the options do not have, and for a list that is no list.</summary>
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
        }
    }

    /// <summary>The settings whose values are not of their type.</summary>
    public static IEnumerable<SettingProblem> Unreadable(IConfigurationSection section, Type options) => options.GetProperties()
        .Where(p => section[p.Name] is { } text && !IsGroup(p.PropertyType) && !IsReadable(p.PropertyType, text))
        .Select(p => new SettingProblem($"{section.Path}:{p.Name}", "Its value cannot be read.", Repair(p)))
        .Concat(options.GetProperties().Where(p => IsOptions(p.PropertyType)).SelectMany(p => Unreadable(section.GetSection(p.Name), p.PropertyType)));

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

    private static string Repair(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(TimeSpan) => "Write hours, minutes and seconds, such as 00:01:00.",
        var type when type == typeof(bool) => "Write true or false.",
        var type when type == typeof(int) => "Write a whole number, such as 5.",
        _ => "Write a number, such as 0.6.",
    };

    private static bool IsGroup(Type type) => IsOptions(type) || IsList(type);

    private static bool IsOptions(Type type) => type.Namespace == typeof(ConnectionOptions).Namespace && type.IsClass;

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);
}
