using System.Net;
using CrmSync.Adapters;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>
/// Reads the settings: defaults, then <c>appsettings.json</c>, then the environment (<c>CRMSYNC__...</c>), then the command
/// line. Finds everything that is wrong at once.
/// </summary>
public static class SettingsReader
{
    private static readonly string[] Names = ["Connections", "DataDirectory", "Rules", "TimeZone", "Notify", "Webhooks", "Admin"];
    private static readonly string[] EndPointNames = ["Address", "Port"];

    /// <param name="configFile">Null: <c>appsettings.json</c> beside the program, if there is one.</param>
    /// <param name="dataDirectory">From the command line; goes before the files.</param>
    public static IConfigurationRoot Load(string? configFile, string? dataDirectory)
    {
        var builder = new ConfigurationBuilder();
        if (configFile is null)
            builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        else
            builder.AddJsonFile(Path.GetFullPath(configFile), optional: false);
        builder.AddEnvironmentVariables("CRMSYNC__");
        if (dataDirectory is not null)
            builder.AddInMemoryCollection([new("DataDirectory", dataDirectory)]);
        return builder.Build();
    }

    /// <summary>Checks and resolves; the settings are null when a problem makes them unusable.</summary>
    public static (WorkerSettings? Settings, IReadOnlyList<SettingProblem> Problems) Read(
        IConfiguration configuration, IEnumerable<ICrmProvider> providers)
    {
        var problems = new List<SettingProblem>();
        CheckNames(configuration, problems);
        var byCrm = providers.ToDictionary(p => p.Crm, StringComparer.OrdinalIgnoreCase);
        var connections = configuration.GetSection("Connections").GetChildren()
            .Select(section => ConnectionReader.Read(section, byCrm, problems))
            .OfType<ConnectionSettings>()
            .ToList();
        var settings = new WorkerSettings
        {
            DataDirectory = Path.GetFullPath(configuration["DataDirectory"] ?? "data"),
            RulesFile = RulesPath(configuration["Rules"] ?? "sal-rules.yaml"),
            Zone = Zone(configuration["TimeZone"] ?? "Europe/Copenhagen", problems),
            Connections = connections,
            Notify = NotifyReader.Read(configuration.GetSection("Notify"), problems),
            Webhooks = EndPoint(configuration, "Webhooks", new(IPAddress.Any, 8080), problems),
            Admin = EndPoint(configuration, "Admin", new(IPAddress.Loopback, 8081), problems),
        };
        if (!File.Exists(settings.RulesFile))
            problems.Add(new("Rules", $"There is no rule file at {settings.RulesFile}.", "Point Rules at a sal-rules.yaml, or put the shipped one there."));
        return (problems.Count == 0 ? settings : null, problems);
    }

    /// <summary>A rule file beside the caller, else the one shipped beside the program.</summary>
    public static string RulesPath(string path)
    {
        var here = Path.GetFullPath(path);
        return File.Exists(here) || Path.IsPathRooted(path) ? here : Path.Combine(AppContext.BaseDirectory, path);
    }

    private static void CheckNames(IConfiguration configuration, List<SettingProblem> problems)
    {
        foreach (var setting in configuration.GetChildren().Where(s => !Names.Contains(s.Key, StringComparer.OrdinalIgnoreCase)))
            problems.Add(new(setting.Path, "There is no such setting.", $"Known: {string.Join(", ", Names)}."));
        foreach (var setting in configuration.GetSection("Webhooks").GetChildren().Concat(configuration.GetSection("Admin").GetChildren()))
            if (!EndPointNames.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                problems.Add(new(setting.Path, "There is no such setting.", $"Known: {string.Join(", ", EndPointNames)}."));
    }

    private static TimeZoneInfo Zone(string id, List<SettingProblem> problems)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return zone;
        problems.Add(new("TimeZone", $"'{id}' is no time zone this machine knows.", "Use an IANA name such as Europe/Copenhagen."));
        return TimeZoneInfo.Utc;
    }

    /// <summary><c>Webhooks:Address</c> and <c>Webhooks:Port</c>, likewise <c>Admin</c>.</summary>
    private static IPEndPoint EndPoint(IConfiguration configuration, string name, IPEndPoint fallback, List<SettingProblem> problems)
    {
        var (address, port) = (fallback.Address, fallback.Port);
        if (configuration[$"{name}:Address"] is { } text && !IPAddress.TryParse(text, out address!))
        {
            problems.Add(new($"{name}:Address", $"'{text}' is no IP address.", "Use an address such as 127.0.0.1, or 0.0.0.0 for all."));
            address = fallback.Address;
        }
        if (configuration[$"{name}:Port"] is { } number && !(int.TryParse(number, out port) && port is >= 0 and <= 65535))
        {
            problems.Add(new($"{name}:Port", $"'{number}' is no port.", "Use a number from 0 (any free port) to 65535."));
            port = fallback.Port;
        }
        return new(address, port);
    }
}
