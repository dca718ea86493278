using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CrmSync.Worker.Configuration;

/// <summary><c>Connections:&lt;name&gt;</c> as written; checked by <see cref="SettingsReader"/>.</summary>
public sealed class ConnectionOptions
{
    [Description("Which CRM this is, such as hubspot or salesforce.")]
    public string? Crm { get; set; }

    [Description("The account that the connection is pinned to: credentials for another one are refused.")]
    public string? AccountId { get; set; }

    [Description("Where the CRM's API answers, if not at the vendor's own address.")]
    public string? BaseUrl { get; set; }

    [Concealed]
    [Description("A static token. Better: TokenFile, or a file in SecretsDirectory.")]
    public string? Token { get; set; }

    [Description("The file that holds the token.")]
    public string? TokenFile { get; set; }

    [Description("OAuth: the app's id.")]
    public string? ClientId { get; set; }

    [Concealed]
    [Description("OAuth: the app's secret. Better: ClientSecretFile.")]
    public string? ClientSecret { get; set; }

    [Description("The file that holds the app's secret, or its private key.")]
    public string? ClientSecretFile { get; set; }

    [Concealed]
    [Description("OAuth: the grant to begin with. Better: RefreshTokenFile.")]
    public string? RefreshToken { get; set; }

    [Description("The file that holds the refresh token.")]
    public string? RefreshTokenFile { get; set; }

    [Description("Exactly the address that the CRM calls for webhooks.")]
    public string? PublicUrl { get; set; }

    [Concealed]
    [Description("Secrets that webhooks are signed with: the one in use and, while you rotate, the former one.")]
    public IList<string> WebhookSecrets { get; } = [];

    [AllowedValues("en", "da")]
    [Description("The language of labels and texts in the CRM.")]
    public string Language { get; set; } = "en";

    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("Our part of every rate-limit window.")]
    public double QuotaShare { get; set; } = 0.6;

    /// <summary><c>shadow</c>, <c>live</c>, or null: shadow until <c>go-live</c>.</summary>
    [AllowedValues("shadow", "live")]
    [Description("Left out: a shadow until go-live.")]
    public string? Mode { get; set; }

    [Description("How often to ask for changes: 00:00:05 to 1.00:00:00.")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(1);

    [Description("How many new offers are let through in the first days after go-live.")]
    public OffersOptions Offers { get; set; } = new();

    [Description("Only some leads are offered.")]
    public PilotOptions Pilot { get; set; } = new();

    [Description("Whom to tell of this connection's offers past their deadline.")]
    public NotifyOptions Notify { get; set; } = new();

    [Description("What of the account stands for what.")]
    public MappingOptions Mapping { get; set; } = new();
}

/// <summary><c>Connections:&lt;name&gt;:Mapping</c>.</summary>
public sealed class MappingOptions
{
    [Description("The account's value or label of each stage; what is left out is found by label.")]
    public IDictionary<string, string> Stages { get; } = new Dictionary<string, string>();

    [Description("The property that a fact comes from.")]
    public IDictionary<string, string> Facts { get; } = new Dictionary<string, string>();

    [Description("By fact: what the account's values mean.")]
    public IDictionary<string, Dictionary<string, string>> Values { get; } = new Dictionary<string, Dictionary<string, string>>();

    [Description("What forms stand for, by words in their names; the first hit counts.")]
    public IList<FormOptions> Forms { get; } = [];

    [Description("Switches of this kind of CRM (README).")]
    public IDictionary<string, string> Options { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    [Description("All six stages, earliest first, where the account takes them in another order than usual.")]
    public IList<string> StageOrder { get; } = [];

    [Description("Of the acts that the rule file takes for a yes, those that this account shows; left out: all of them.")]
    public IList<string> AcceptOn { get; } = [];

    [Description("Also writes when, by whom and by which rules a lead was offered and decided, for reports in the CRM.")]
    public bool ReportFields { get; set; }

    [Description("Where a rejected lead's stage goes; left out: nowhere.")]
    public string? StageOnRejected { get; set; }
}

/// <summary>One of <c>Mapping:Forms</c>.</summary>
public sealed class FormOptions
{
    [Description("A part of the form's name.")]
    public string Contains { get; set; } = "";

    [Description("The kind of act, such as handRaise.")]
    public string Kind { get; set; } = "";
}
