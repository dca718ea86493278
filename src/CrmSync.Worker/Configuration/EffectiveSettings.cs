using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace CrmSync.Worker.Configuration;

/// <summary>One setting as it is in force.</summary>
/// <param name="Value">Secrets, and what is wrong, are not shown.</param>
/// <param name="Source">The layer that it comes from.</param>
internal sealed record EffectiveSetting(string Name, string Value, string Source);

/// <summary>Every setting that has a value, and where it comes from. What nobody set and has no default is left out.</summary>
internal sealed class EffectiveSettings(IConfigurationRoot configuration, IReadOnlyList<SettingProblem> problems)
{
    private const string Hidden = "***";
    private const string Default = "default";
    private static readonly string[] SecretWords = ["secret", "password", "token"];

    public IReadOnlyList<EffectiveSetting> All()
    {
        var usual = new RootOptions();
        return
        [
            .. Options("", usual, typeof(RootOptions)),
            .. configuration.GetSection(nameof(usual.Connections)).GetChildren().SelectMany(c => Options(c.Path, new ConnectionOptions(), typeof(ConnectionOptions))),
        ];
    }

    private IEnumerable<EffectiveSetting> Options(string at, object usual, Type type) =>
        type.GetProperties().Where(p => p.Name != nameof(RootOptions.Connections)).SelectMany(p => Of(at.Length == 0 ? p.Name : $"{at}:{p.Name}", usual, p));

    private IEnumerable<EffectiveSetting> Of(string name, object usual, PropertyInfo property)
    {
        var type = property.PropertyType;
        var isSecret = property.GetCustomAttribute<ConcealedAttribute>() is not null;
        if ((type == typeof(NotifyOptions) || type == typeof(ReportOptions)) && !configuration.GetSection(name).Exists())
            return [];
        if (SettingTypes.IsOptions(type))
            return Options(name, property.GetValue(usual)!, type);
        if (SettingTypes.IsList(type))
            return configuration.GetSection(name).AsEnumerable().Where(pair => pair.Value is not null).Select(pair => Shown(pair.Key, pair.Value!, isSecret)).OrderBy(s => s.Name, StringComparer.Ordinal);
        if (configuration[name] is { Length: > 0 } set)
            return [Shown(name, name == nameof(RootOptions.Rules) ? RulesLocation.Of(configuration) : set, isSecret)];
        if (name == nameof(RootOptions.Rules))
            return [new(name, RulesLocation.Of(configuration), Default)];
        return property.GetValue(usual) switch
        {
            null => [],
            bool flag => [new(name, flag ? "true" : "false", Default)],
            var value => [new(name, Convert.ToString(value, CultureInfo.InvariantCulture)!, Default)],
        };
    }

    private EffectiveSetting Shown(string name, string value, bool isSecret)
    {
        var key = name[(name.LastIndexOf(':') + 1)..];
        // What is wrong may be a secret in the wrong place.
        var hide = isSecret || problems.Any(p => p.Setting.Equals(name, StringComparison.OrdinalIgnoreCase))
            || (key.EndsWith("File", StringComparison.OrdinalIgnoreCase) && !Path.IsPathRooted(value) && !File.Exists(value))
            || (name.Contains(":Options:", StringComparison.OrdinalIgnoreCase) && SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return new(name, hide ? Hidden : WithoutUser(value), SourceOf(name));
    }

    private static string WithoutUser(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && !url.IsFile && (url.UserInfo.Length > 0 || url.Query.Length > 0)
            ? $"{url.Scheme}://{url.Authority}{url.AbsolutePath}{(url.Query.Length > 0 ? $"?{Hidden}" : "")}"
            : value;

    private string SourceOf(string name) => configuration.Providers.Last(p => p.TryGet(name, out _)) switch
    {
        JsonConfigurationProvider json => json.Source.Path ?? "settings file",
        EnvironmentVariablesConfigurationProvider => $"environment {SecretFolder.Prefix}{name.Replace(":", "__", StringComparison.Ordinal)}",
        SecretFolder folder => $"secret file {folder.FileOf(name)}",
        MemoryConfigurationProvider => "command line",
        _ => "settings",
    };
}
