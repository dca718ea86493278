using System.Globalization;
using System.Text.RegularExpressions;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Worker.Configuration;

/// <summary>Reads one <c>Connections:&lt;name&gt;</c> section.</summary>
internal static partial class ConnectionReader
{
    public static ConnectionSettings? Read(
        IConfigurationSection section, IReadOnlyDictionary<string, ICrmProvider> providers, List<SettingProblem> problems)
    {
        var before = problems.Count;
        var at = section.Path;
        if (!string.IsNullOrEmpty(section.Value))
        {
            problems.Add(new(at, "It is a single value.", "Write a group of settings."));
            return null;
        }
        if (!Name().IsMatch(section.Key))
            problems.Add(new(at, "It is no name of a connection.", "Use a letter, then letters, digits, - and _, such as main: 40 at most. It is in addresses, and in the environment."));
        var options = SectionBinder.Bind<ConnectionOptions>(section, problems);
        var provider = options.Crm is { } crm ? providers.GetValueOrDefault(crm) : null;
        if (provider is null && !IsTold($"{at}:Crm", problems))
        {
            problems.Add(new($"{at}:Crm", string.IsNullOrEmpty(options.Crm) ? "It is missing." : "It is no CRM that this version knows.",
                Spelling.Meant(options.Crm ?? "", [.. providers.Keys]) is { } meant ? $"Did you mean '{meant}'?" : $"Use one of: {string.Join(", ", providers.Keys.Order())}."));
        }
        if ((options.PollInterval < TimeSpan.FromSeconds(5) || options.PollInterval > TimeSpan.FromDays(1)) && !IsTold($"{at}:PollInterval", problems))
            problems.Add(new($"{at}:PollInterval", $"{options.PollInterval} is out of range.", "Use 00:00:05 to 1.00:00:00."));
        var connection = Connection(section, options, problems);
        if (provider is not null)
            problems.AddRange(OfProvider(provider, connection, problems));
        var mode = Mode(at, options.Mode, problems);
        var rejected = options.Mapping.StageOnRejected is { } name ? Stage($"{at}:Mapping:StageOnRejected", name, problems) : null;
        var settings = new ConnectionSettings(connection, mode, options.PollInterval, rejected)
        {
            StageOrder = Order($"{at}:Mapping:StageOrder", options.Mapping.StageOrder, problems),
            AcceptOn = AcceptOn($"{at}:Mapping:AcceptOn", options.Mapping.AcceptOn, problems),
            Offers = BrakeReader.Limits(at, options.Offers, problems),
            Pilot = BrakeReader.PilotOf(at, options.Pilot, problems),
            Notify = NotifyReader.Read($"{at}:Notify", options.Notify, problems),
        };
        return problems.Count == before ? settings : null;
    }

    /// <summary>What the CRM says of its settings, but for a secret whose file was found wanting already.</summary>
    private static List<SettingProblem> OfProvider(ICrmProvider provider, CrmConnection connection, List<SettingProblem> known) =>
    [
        .. provider.Validate(connection)
            .Where(p => p.Reach != ProblemReach.Hint && !known.Exists(k => k.Setting == $"{p.Setting}File"))
            .Select(p => new SettingProblem(p.Setting, p.Problem, p.Repair)),
    ];

    private static bool IsTold(string setting, List<SettingProblem> problems) => problems.Exists(p => string.Equals(p.Setting, setting, StringComparison.OrdinalIgnoreCase));

    private static CrmConnection Connection(IConfigurationSection section, ConnectionOptions options, List<SettingProblem> problems)
    {
        var at = section.Path;
        return new()
        {
            Name = section.Key,
            Crm = (options.Crm ?? "").ToLowerInvariant(),
            AccountId = options.AccountId,
            BaseUrl = Url($"{at}:BaseUrl", options.BaseUrl, problems),
            Token = Header($"{at}:Token", SecretFile.Read($"{at}:Token", options.Token, options.TokenFile, problems), problems),
            ClientId = options.ClientId,
            ClientSecret = SecretFile.Read($"{at}:ClientSecret", options.ClientSecret, options.ClientSecretFile, problems),
            RefreshToken = SecretFile.Read($"{at}:RefreshToken", options.RefreshToken, options.RefreshTokenFile, problems),
            PublicUrl = Url($"{at}:PublicUrl", options.PublicUrl, problems),
            WebhookSecrets = [.. options.WebhookSecrets.Where(s => s.Length > 0).Select(s => new Secret(s))],
            Language = options.Language is "da" or "en" ? options.Language : Wrong(problems, $"{at}:Language", "It is neither da nor en.", "Use da or en.", "en"),
            QuotaShare = options.QuotaShare,
            Mapping = Mapping(at, options.Mapping, problems),
        };
    }

    /// <summary>It goes into a header, where nothing but plain characters may stand: text programs like to make other ones of them.</summary>
    private static Secret? Header(string setting, Secret? token, List<SettingProblem> problems)
    {
        if (token?.Reveal().All(c => c is > ' ' and <= '~') == false)
            problems.Add(new(setting, "It holds a space, a line end or another character that no token has.", "Copy the token anew from the CRM, all of it and nothing else, and with its own dashes."));
        return token;
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

    private static AcceptSettings? AcceptOn(string at, IList<string> words, List<SettingProblem> problems)
    {
        var accept = words.Count == 0 ? null : new AcceptSettings();
        for (var i = 0; i < words.Count; i++)
            accept = accept!.With(words[i]) ?? Wrong(problems, $"{at}:{i}", "It is no act.", $"Use of the acts in the rule file those that this account shows: {string.Join(", ", AcceptSettings.Words)}.", accept);
        return accept;
    }

    private static ConnectionMode Mode(string at, string? text, List<SettingProblem> problems) => text?.ToLowerInvariant() switch
    {
        null or "" => ConnectionMode.ByStore,
        "shadow" => ConnectionMode.Shadow,
        "live" => ConnectionMode.Live,
        _ => Wrong(problems, $"{at}:Mode", "It is no mode.", "Use shadow or live, or leave it out and use go-live.", ConnectionMode.Shadow),
    };

    private static LifecycleStage? Stage(string setting, string name, List<SettingProblem> problems) =>
        Enum.TryParse<LifecycleStage>(name, ignoreCase: true, out var stage) && !int.TryParse(name, CultureInfo.InvariantCulture, out _)
            ? stage
            : Wrong<LifecycleStage?>(problems, setting, "It is no stage.", $"Use one of: {string.Join(", ", Enum.GetNames<LifecycleStage>())}.", null);

    private static Uri? Url(string setting, string? text, List<SettingProblem> problems)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new Uri(text)
            : Wrong<Uri?>(problems, setting, "It is no http or https address.", "Write it in full, with https://.", null);
    }

    private static T Wrong<T>(List<SettingProblem> problems, string setting, string problem, string repair, T instead)
    {
        problems.Add(new(setting, problem, repair));
        return instead;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
    private static partial Regex Name();
}
