using System.Globalization;

namespace CrmSync.Benchmarks.Product;

/// <summary>How the product is started: as any customer starts it, by its environment.</summary>
internal sealed record ProductSettings
{
    /// <summary>The connection that all measurements use.</summary>
    public const string Connection = "main";

    /// <summary>Where its webhooks go.</summary>
    public const string WebhookPath = "/webhooks/main";

    /// <summary>What their sender signs.</summary>
    public const string PublicUrl = "https://crmsync.example" + WebhookPath;

    /// <summary>For a CRM that limits nobody.</summary>
    public static IReadOnlyDictionary<string, string> Unlimited { get; } = new Dictionary<string, string>
    {
        ["RequestsPer10Seconds"] = "1000000",
        ["SearchesPerSecond"] = "1000000",
        ["RequestsPerDay"] = "1000000000",
    };

    public required string Data { get; init; }
    public required int WebhookPort { get; init; }
    public required int AdminPort { get; init; }
    public required Uri Crm { get; init; }

    /// <summary>The kind of CRM.</summary>
    public string Kind { get; init; } = "hubspot";
    public string Token { get; init; } = "token";
    public required string Secret { get; init; }

    public double QuotaShare { get; init; } = 0.6;
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Vendor switches, by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public Dictionary<string, string> ToEnvironment()
    {
        const string at = $"CRMSYNC__Connections__{Connection}__";
        var environment = new Dictionary<string, string>(ImageSettings.Heap())
        {
            [$"{at}Crm"] = Kind,
            [$"{at}BaseUrl"] = Crm.ToString(),
            [$"{at}Token"] = Token,
            [$"{at}QuotaShare"] = QuotaShare.ToString(CultureInfo.InvariantCulture),
            [$"{at}PollInterval"] = PollInterval.ToString("c", CultureInfo.InvariantCulture),
            ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
            ["CRMSYNC__Webhooks__Port"] = WebhookPort.ToString(CultureInfo.InvariantCulture),
            ["CRMSYNC__Admin__Port"] = AdminPort.ToString(CultureInfo.InvariantCulture),
        };
        if (Secret.Length > 0)
            (environment[$"{at}PublicUrl"], environment[$"{at}WebhookSecrets__0"]) = (PublicUrl, Secret);
        foreach (var (name, value) in Options)
            environment[$"{at}Mapping__Options__{name}"] = value;
        return environment;
    }
}
