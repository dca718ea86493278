namespace CrmSync.Worker.Configuration;

/// <summary><c>Connections:&lt;name&gt;</c> as written; checked by <see cref="SettingsReader"/>.</summary>
public sealed class ConnectionOptions
{
    public string? Crm { get; set; }
    public string? AccountId { get; set; }
    public string? BaseUrl { get; set; }
    public string? Token { get; set; }
    public string? TokenFile { get; set; }
    public string? ClientId { get; set; }
    public string? ClientSecret { get; set; }
    public string? ClientSecretFile { get; set; }
    public string? RefreshToken { get; set; }
    public string? RefreshTokenFile { get; set; }
    public string? PublicUrl { get; set; }
    public IList<string> WebhookSecrets { get; } = [];
    public string Language { get; set; } = "en";
    public double QuotaShare { get; set; } = 0.6;

    /// <summary><c>shadow</c>, <c>live</c>, or null: shadow until <c>go-live</c>.</summary>
    public string? Mode { get; set; }
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(1);
    public OffersOptions Offers { get; set; } = new();
    public PilotOptions Pilot { get; set; } = new();
    public NotifyOptions Notify { get; set; } = new();
    public MappingOptions Mapping { get; set; } = new();
}

/// <summary><c>Connections:&lt;name&gt;:Mapping</c>.</summary>
public sealed class MappingOptions
{
    public IDictionary<string, string> Stages { get; } = new Dictionary<string, string>();
    public IDictionary<string, string> Facts { get; } = new Dictionary<string, string>();
    public IDictionary<string, Dictionary<string, string>> Values { get; } = new Dictionary<string, Dictionary<string, string>>();
    public IList<FormOptions> Forms { get; } = [];
    public IDictionary<string, string> Options { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The stages, earliest first, where the account takes them in another order than usual; empty: as usual.</summary>
    public IList<string> StageOrder { get; } = [];

    /// <summary>Of the acts that the rule file takes for a yes, those that this account shows; empty: all of them.</summary>
    public IList<string> AcceptOn { get; } = [];

    /// <summary>Also writes when, by whom and by which rules a lead was offered and decided, for reports in the CRM.</summary>
    public bool ReportFields { get; set; }

    /// <summary>Where a rejected lead's stage goes; absent: nowhere.</summary>
    public string? StageOnRejected { get; set; }
}

public sealed class FormOptions
{
    public string Contains { get; set; } = "";
    public string Kind { get; set; } = "";
}
