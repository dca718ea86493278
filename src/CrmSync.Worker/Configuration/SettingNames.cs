using System.Reflection;
using CrmSync.Worker.Rules;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Finds every setting that has no place or no readable value, by its full name. Tells no value.</summary>
internal static class SettingNames
{
    /// <summary>Adds a problem for every name under a section that the options do not have, for what is a single value, a list or a group and should not be, and for a time without a unit.</summary>
    public static void Check(IConfigurationSection section, Type options, List<SettingProblem> problems)
    {
        var known = options.GetProperties().ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.GetChildren())
        {
            if (!known.TryGetValue(setting.Key, out var property))
                problems.Add(Unknown(setting, known.Keys));
            else
                CheckForm(setting, property, problems);
        }
    }

    /// <summary>A setting that there is not, with the one that was probably meant.</summary>
    public static SettingProblem Unknown(IConfigurationSection setting, IReadOnlyCollection<string> known) =>
        new(setting.Path, "There is no such setting.", Spelling.Meant(setting.Key, known) is { } meant ? $"Did you mean '{meant}'?" : $"Known: {string.Join(", ", known)}.");

    /// <summary>Whether a setting, by its full name, holds a secret.</summary>
    public static bool IsConcealed(string setting)
    {
        var type = typeof(RootOptions);
        foreach (var part in setting.Split(':'))
        {
            if (SettingTypes.IsList(type))
            {
                type = SettingTypes.ItemOf(type);
                continue;
            }
            if (type.GetProperties().FirstOrDefault(p => p.Name.Equals(part, StringComparison.OrdinalIgnoreCase)) is not { } property)
                return false;
            if (property.GetCustomAttribute<ConcealedAttribute>() is not null)
                return true;
            type = property.PropertyType;
        }
        return false;
    }

    /// <summary>The settings whose values are not of their type.</summary>
    public static IEnumerable<SettingProblem> Unreadable(IConfigurationSection section, Type options) => options.GetProperties()
        .Where(p => section[p.Name] is { } text && !SettingTypes.IsGroup(p.PropertyType) && !SettingTypes.IsReadable(p.PropertyType, text))
        .Select(p => new SettingProblem($"{section.Path}:{p.Name}", "Its value cannot be read.", Repair(p)))
        .Concat(options.GetProperties().Where(p => SettingTypes.IsOptions(p.PropertyType)).SelectMany(p => Unreadable(section.GetSection(p.Name), p.PropertyType)));

    private static void CheckForm(IConfigurationSection setting, PropertyInfo property, List<SettingProblem> problems)
    {
        var type = property.PropertyType;
        if (SettingTypes.IsGroup(type) && !string.IsNullOrEmpty(setting.Value))
            problems.Add(new(setting.Path, "It is a single value.", IsPlainList(type) ? $"Write a list; in the environment {setting.Path.Replace(":", "__")}__0." : "Write a group of settings."));
        else if (!SettingTypes.IsGroup(type) && setting.GetChildren().Any())
            problems.Add(NoGroup(setting));
        else if (SettingTypes.IsOptions(type))
            Check(setting, type, problems);
        else if (SettingTypes.IsList(type))
            CheckItems(setting, SettingTypes.ItemOf(type), problems);
        else if (type == typeof(TimeSpan) && IsBareNumber(setting.Value))
            problems.Add(new(setting.Path, "It is a bare number, and would count days.", Repair(property)));
    }

    private static void CheckItems(IConfigurationSection list, Type item, List<SettingProblem> problems)
    {
        foreach (var entry in list.GetChildren())
        {
            if (item == typeof(string) && entry.GetChildren().Any())
                problems.Add(NoGroup(entry));
            else if (item != typeof(string) && !string.IsNullOrEmpty(entry.Value))
                problems.Add(new(entry.Path, "It is a single value.", "Write a group of settings."));
            else if (SettingTypes.IsOptions(item))
                Check(entry, item, problems);
        }
    }

    private static SettingProblem NoGroup(IConfigurationSection setting) => new(setting.Path, "It is a group or a list.", "Write a single value.");

    /// <summary>Whoever writes 1 means a minute, or a second; the platform reads it as a day.</summary>
    private static bool IsBareNumber(string? text) => text?.Contains(':', StringComparison.Ordinal) == false && SettingTypes.IsReadable(typeof(TimeSpan), text);

    private static bool IsPlainList(Type type) => SettingTypes.IsList(type) && !SettingTypes.IsMap(type);

    private static string Repair(PropertyInfo property) => property switch
    {
        { Name: nameof(NotifyOptions.At) } => "Write hours and minutes, such as 08:00.",
        { PropertyType: var type } when type == typeof(TimeSpan) => "Write hours, minutes and seconds, such as 00:01:00.",
        { PropertyType: var type } when type == typeof(bool) => "Write true or false.",
        { PropertyType: var type } when type == typeof(int) => "Write a whole number, such as 5.",
        _ => "Write a number, such as 0.6.",
    };
}
