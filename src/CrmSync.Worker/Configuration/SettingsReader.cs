using CrmSync.Adapters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Configuration;

/// <summary>
/// Reads the settings: defaults, then <c>appsettings.json</c>, then the environment (<c>CRMSYNC__...</c>), then secret files,
/// then the command line. Finds everything that is wrong at once.
/// </summary>
public static class SettingsReader
{
    /// <summary>By this the settings file names its schema to an editor.</summary>
    private const string SchemaName = "$schema";

    /// <summary>Where settings are looked for when no file is named.</summary>
    public static string UsualFile => Path.Combine(AppContext.BaseDirectory, "appsettings.json");

    /// <param name="configFile">Null: <c>appsettings.json</c> beside the program, if there is one.</param>
    /// <param name="dataDirectory">From the command line; goes before the files.</param>
    /// <param name="fromLine">Further settings from the command line.</param>
    public static IConfigurationRoot Load(string? configFile, string? dataDirectory, IReadOnlyDictionary<string, string?>? fromLine = null)
    {
        var builder = new ConfigurationBuilder();
        if (configFile is null)
            builder.AddJsonFile(UsualFile, optional: true);
        else
            builder.AddJsonFile(Path.GetFullPath(configFile), optional: false);
        builder.AddEnvironmentVariables(SecretFolder.Prefix);
        var line = new Dictionary<string, string?>(fromLine ?? new Dictionary<string, string?>(), StringComparer.OrdinalIgnoreCase);
        if (dataDirectory is not null)
            line[nameof(RootOptions.DataDirectory)] = dataDirectory;
        var secrets = line.GetValueOrDefault(nameof(RootOptions.SecretsDirectory)) ?? builder.Build()[nameof(RootOptions.SecretsDirectory)];
        builder.Add(new SecretFolder(secrets ?? new RootOptions().SecretsDirectory));
        return builder.AddInMemoryCollection(line).Build();
    }

    /// <summary>Checks and resolves; the settings are null when a problem makes them unusable.</summary>
    public static (WorkerSettings? Settings, IReadOnlyList<SettingProblem> Problems) Read(
        IConfiguration configuration, IEnumerable<ICrmProvider> providers)
    {
        var problems = new List<SettingProblem>();
        CheckNames(configuration, problems);
        CheckSecrets(configuration, problems);
        var byCrm = providers.ToDictionary(p => p.Crm, StringComparer.OrdinalIgnoreCase);
        var connections = configuration.GetSection(nameof(RootOptions.Connections)).GetChildren()
            .Select(section => ConnectionReader.Read(section, byCrm, problems))
            .OfType<ConnectionSettings>()
            .ToList();
        var (webhooks, admin) = EndPointReader.Read(configuration, problems);
        var usual = new RootOptions();
        var settings = new WorkerSettings
        {
            DataDirectory = Path.GetFullPath(configuration[nameof(usual.DataDirectory)] is { Length: > 0 } directory ? directory : usual.DataDirectory),
            RulesFile = RulesLocation.Of(configuration),
            Zone = Zone(configuration[nameof(usual.TimeZone)] ?? usual.TimeZone, problems),
            Connections = connections,
            Notify = NotifyReader.Read(configuration.GetSection(nameof(usual.Notify)), problems),
            LogLevel = Level(configuration[nameof(usual.LogLevel)] ?? usual.LogLevel, problems),
            WeeklyReport = ReportReader.Read(configuration.GetSection(nameof(usual.WeeklyReport)), problems),
            Webhooks = webhooks,
            Admin = admin,
        };
        CheckAccounts(connections, problems);
        if (!File.Exists(settings.RulesFile))
            problems.Add(new("Rules", Directory.Exists(settings.RulesFile) ? $"{settings.RulesFile} is a folder, and no rule file." : IsPath(configuration["Rules"]) ? $"There is no rule file at {settings.RulesFile}." : "There is no such rule file.", "Put it there, correct Rules, or leave it out: then sal-rules.yaml in the data directory is taken, or the shipped one."));
        return (problems.Count == 0 ? settings : null, problems);
    }

    // Anything else may be a secret in the wrong place.
    private static bool IsPath(string? text) => text is null || Path.IsPathRooted(text) || Path.GetExtension(text) is ".yaml" or ".yml";

    private static void CheckNames(IConfiguration configuration, List<SettingProblem> problems)
    {
        var known = typeof(RootOptions).GetProperties().ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in configuration.GetChildren().Where(s => s.Key != SchemaName))
        {
            if (!known.TryGetValue(setting.Key, out var property))
                problems.Add(SettingNames.Unknown(setting, known.Keys));
            else if (SettingTypes.IsGroup(property.PropertyType) && !string.IsNullOrEmpty(setting.Value))
                problems.Add(new(setting.Path, "It is a single value.", "Write a group of settings."));
            else if (!SettingTypes.IsGroup(property.PropertyType) && setting.GetChildren().Any())
                problems.Add(new(setting.Path, "It is a group or a list.", "Write a single value."));
        }
    }

    private static void CheckSecrets(IConfiguration configuration, List<SettingProblem> problems)
    {
        if (configuration[nameof(RootOptions.SecretsDirectory)] is { Length: > 0 } directory && !Directory.Exists(directory))
            problems.Add(new(nameof(RootOptions.SecretsDirectory), "There is no such directory.", "Mount the secrets there, correct the path, or leave it out for /run/secrets."));
        if (configuration is IConfigurationRoot root)
            problems.AddRange(root.Providers.OfType<SecretFolder>().SelectMany(folder => folder.Problems));
    }

    /// <summary>Two connections to one account would answer each other's offers.</summary>
    private static void CheckAccounts(IReadOnlyList<ConnectionSettings> connections, List<SettingProblem> problems)
    {
        foreach (var same in connections.Where(c => c.Crm.AccountId is not null).GroupBy(c => (c.Crm.Crm, c.Crm.AccountId)).Where(g => g.Count() > 1))
        {
            foreach (var second in same.Skip(1))
                problems.Add(new($"Connections:{second.Crm.Name}:AccountId", $"It is the account of {same.First().Crm.Name} already.", "Connect each account once."));
        }
    }

    private static LogLevel Level(string text, List<SettingProblem> problems)
    {
        if (text.ToLowerInvariant() is "trace" or "debug" or "information" or "warning")
            return Enum.Parse<LogLevel>(text, ignoreCase: true);
        problems.Add(new("LogLevel", "There is no such level.", "Write trace, debug, information or warning."));
        return LogLevel.Information;
    }

    private static TimeZoneInfo Zone(string id, List<SettingProblem> problems)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return zone;
        problems.Add(new("TimeZone", "It is no time zone that this machine knows.", "Use an IANA name such as Europe/Copenhagen."));
        return TimeZoneInfo.Utc;
    }
}
