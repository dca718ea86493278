using System.Globalization;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Reads one <c>Connections:&lt;name&gt;</c> section.</summary>
internal static class ConnectionReader
{
    public static ConnectionSettings? Read(
        IConfigurationSection section, IReadOnlyDictionary<string, ICrmProvider> providers, List<SettingProblem> problems)
    {
        var before = problems.Count;
        var at = section.Path;
        if (Bind(section, problems) is not { } options)
            return null;
        var provider = options.Crm is { } crm ? providers.GetValueOrDefault(crm) : null;
        if (provider is null)
        {
            problems.Add(new($"{at}:Crm", options.Crm is null ? "It is missing." : $"'{options.Crm}' is no CRM this version knows.",
                $"Use one of: {string.Join(", ", providers.Keys.Order())}."));
        }
        if (options.PollInterval < TimeSpan.FromSeconds(5) || options.PollInterval > TimeSpan.FromDays(1))
            problems.Add(new($"{at}:PollInterval", $"{options.PollInterval} is out of range.", "Use 00:00:05 to 1.00:00:00."));
        var connection = Connection(section, options, problems);
        if (provider is not null)
            problems.AddRange(OfProvider(provider, connection, problems));
        var mode = Mode(at, options.Mode, problems);
        var rejected = options.Mapping.StageOnRejected is { } name ? Stage($"{at}:Mapping:StageOnRejected", name, problems) : null;
        var settings = new ConnectionSettings(connection, mode, options.PollInterval, rejected) { StageOrder = Order($"{at}:Mapping:StageOrder", options.Mapping.StageOrder, problems) };
        return problems.Count == before ? settings : null;
    }

    /// <summary>What the CRM says of its settings, but for a secret whose file was found wanting already.</summary>
    private static List<SettingProblem> OfProvider(ICrmProvider provider, CrmConnection connection, List<SettingProblem> known) =>
    [
        .. provider.Validate(connection)
            .Where(p => p.Reach != ProblemReach.Hint && !known.Exists(k => k.Setting == $"{p.Setting}File"))
            .Select(p => new SettingProblem(p.Setting, p.Problem, p.Repair)),
    ];

    private static ConnectionOptions? Bind(IConfigurationSection section, List<SettingProblem> problems)
    {
        SettingNames.Check(section, typeof(ConnectionOptions), problems);
        try
        {
            return section.Get<ConnectionOptions>() ?? new();
        }
        catch (InvalidOperationException)
        {
            // The binder's own message quotes the value, which may be a secret in the wrong place.
            var unreadable = SettingNames.Unreadable(section, typeof(ConnectionOptions)).ToList();
            problems.AddRange(unreadable.Count > 0 ? unreadable : [new(section.Path, "A value in it cannot be read.", "Compare its values with the README's table of settings.")]);
            return null;
        }
    }

    private static CrmConnection Connection(IConfigurationSection section, ConnectionOptions options, List<SettingProblem> problems)
    {
        var at = section.Path;
        return new()
        {
            Name = section.Key,
            Crm = (options.Crm ?? "").ToLowerInvariant(),
            AccountId = options.AccountId,
            BaseUrl = Url($"{at}:BaseUrl", options.BaseUrl, problems),
            Token = SecretOf($"{at}:Token", options.Token, options.TokenFile, problems),
            ClientId = options.ClientId,
            ClientSecret = SecretOf($"{at}:ClientSecret", options.ClientSecret, options.ClientSecretFile, problems),
            RefreshToken = SecretOf($"{at}:RefreshToken", options.RefreshToken, options.RefreshTokenFile, problems),
            PublicUrl = Url($"{at}:PublicUrl", options.PublicUrl, problems),
            WebhookSecrets = [.. options.WebhookSecrets.Where(s => s.Length > 0).Select(s => new Secret(s))],
            Language = options.Language is "da" or "en" ? options.Language : Wrong(problems, $"{at}:Language", "It is neither da nor en.", "Use da or en.", "en"),
            QuotaShare = options.QuotaShare,
            Mapping = Mapping(at, options.Mapping, problems),
        };
    }

    private static CrmMapping Mapping(string at, MappingOptions options, List<SettingProblem> problems) => new()
    {
        Stages = options.Stages
            .Select(p => (Stage: Stage($"{at}:Mapping:Stages:{p.Key}", p.Key, problems), p.Value))
            .Where(p => p.Stage is not null)
            .ToDictionary(p => p.Stage!.Value, p => p.Value),
        ReportFields = options.ReportFields,
        Facts = options.Facts.ToDictionary(),
        Values = options.Values.ToDictionary(p => p.Key, p => (IReadOnlyDictionary<string, string>)p.Value),
        Forms = [.. options.Forms.Select(f => new FormMapping(f.Contains, f.Kind))],
        Options = new Dictionary<string, string>(options.Options, StringComparer.OrdinalIgnoreCase),
    };

    private static StageOrder Order(string at, IList<string> names, List<SettingProblem> problems)
    {
        var stages = names.Select((name, i) => Stage($"{at}:{i}", name, problems)).OfType<LifecycleStage>().ToList();
        if (names.Count == 0 || stages.Count < names.Count)
            return StageOrder.Usual;
        return StageOrder.Problem(stages) is { } problem ? Wrong(problems, at, problem, "Name all six, such as Lead, MarketingQualified, SalesQualified, SalesAccepted, Opportunity, Customer.", StageOrder.Usual)
            : new StageOrder(stages);
    }

    private static ConnectionMode Mode(string at, string? text, List<SettingProblem> problems) => text?.ToLowerInvariant() switch
    {
        null or "" => ConnectionMode.ByStore,
        "shadow" => ConnectionMode.Shadow,
        "live" => ConnectionMode.Live,
        _ => Wrong(problems, $"{at}:Mode", $"'{text}' is no mode.", "Use shadow or live, or leave it out and use go-live.", ConnectionMode.Shadow),
    };

    private static LifecycleStage? Stage(string setting, string name, List<SettingProblem> problems) =>
        Enum.TryParse<LifecycleStage>(name, ignoreCase: true, out var stage) && !int.TryParse(name, CultureInfo.InvariantCulture, out _)
            ? stage
            : Wrong<LifecycleStage?>(problems, setting, $"'{name}' is no stage.", $"Use one of: {string.Join(", ", Enum.GetNames<LifecycleStage>())}.", null);

    private static Uri? Url(string setting, string? text, List<SettingProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new Uri(text)
            : Wrong<Uri?>(problems, setting, "It is no http or https address.", "Write it in full, with https://.", null);
    }

    private static Secret? SecretOf(string setting, string? value, string? file, List<SettingProblem> problems)
    {
        if (!string.IsNullOrEmpty(value))
            return new(value);
        if (string.IsNullOrEmpty(file))
            return null;
        if (!File.Exists(file))
            return Wrong<Secret?>(problems, $"{setting}File", $"There is no file at {file}.", "Mount the secret there, or correct the path.", null);
        string content;
        try
        {
            content = File.ReadAllText(file).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Wrong<Secret?>(problems, $"{setting}File", $"The file at {file} cannot be read.", $"Let the user that runs crmsync read it: chown {ProcessUser.Id} on the file, or chmod 444.", null);
        }
        return content.Length > 0 ? new(content) : Wrong<Secret?>(problems, $"{setting}File", $"The file at {file} is empty.", "Write the secret into it.", null);
    }

    private static T Wrong<T>(List<SettingProblem> problems, string setting, string problem, string repair, T instead)
    {
        problems.Add(new(setting, problem, repair));
        return instead;
    }
}
