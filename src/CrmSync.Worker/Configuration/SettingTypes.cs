using System.Collections;
using System.ComponentModel;

namespace CrmSync.Worker.Configuration;

/// <summary>What a setting can hold, by the type of its option.</summary>
internal static class SettingTypes
{
    /// <summary>Settings of their own lie under it.</summary>
    public static bool IsGroup(Type type) => IsOptions(type) || IsList(type);

    /// <summary>A group whose settings have fixed names.</summary>
    public static bool IsOptions(Type type) => type.Namespace == typeof(ConnectionOptions).Namespace && type.IsClass;

    /// <summary>A list, or a map whose keys the admin chooses.</summary>
    public static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    public static bool IsMap(Type type) => IsList(type) && type.GetGenericArguments().Length == 2;

    /// <summary>What a list or a map holds.</summary>
    public static Type ItemOf(Type list) => list.GetGenericArguments()[^1];

    public static bool IsReadable(Type type, string text)
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
}
