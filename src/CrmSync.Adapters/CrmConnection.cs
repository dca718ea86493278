using CrmSync.Leads;

namespace CrmSync.Adapters;

/// <summary>The settings of one connection, checked and with secrets resolved.</summary>
public sealed record CrmConnection
{
    public required string Name { get; init; }
    public required string Crm { get; init; }

    /// <summary>The account this connection is pinned to; a token for another one is refused.</summary>
    public string? AccountId { get; init; }

    /// <summary>Null: the vendor's own host.</summary>
    public Uri? BaseUrl { get; init; }
    public Secret? Token { get; init; }
    public string? ClientId { get; init; }
    public Secret? ClientSecret { get; init; }

    /// <summary>The grant to start from; later ones come from <see cref="IGrantStore"/>.</summary>
    public Secret? RefreshToken { get; init; }

    /// <summary>The webhook URL as the sender calls it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Current and, during rotation, former signing secrets.</summary>
    public IReadOnlyList<Secret> WebhookSecrets { get; init; } = [];

    /// <summary><c>da</c> or <c>en</c>: the language of labels in the CRM.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Our part of every quota window, above 0 up to 1.</summary>
    public double QuotaShare { get; init; } = 0.6;

    public CrmMapping Mapping { get; init; } = new();
}

/// <summary>What of an account's own making stands for what in the product.</summary>
public sealed record CrmMapping
{
    /// <summary>Canonical stage to the account's value or label. What is absent is found by the vendor's default.</summary>
    public IReadOnlyDictionary<LifecycleStage, string> Stages { get; init; } = new Dictionary<LifecycleStage, string>();

    /// <summary>Fact name to the property it comes from, beyond or instead of the vendor's default.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Per fact name: the account's option values to the product's.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Words in a form's name to the engagement kind they stand for; first hit counts.</summary>
    public IReadOnlyList<FormMapping> Forms { get; init; } = [];

    /// <summary>The optional fields for reports in the CRM are created and written too.</summary>
    public bool ReportFields { get; init; }

    /// <summary>Vendor switches, such as <c>ApiVersion</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Forms whose name contains a text (ignoring case) are acts of a kind.</summary>
public sealed record FormMapping(string Contains, string Kind);
