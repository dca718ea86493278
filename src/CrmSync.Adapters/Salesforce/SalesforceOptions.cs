using CrmSync.Adapters.Http;
using CrmSync.Adapters.Values;

namespace CrmSync.Adapters.Salesforce;

/// <summary>One connection's Salesforce switches, from <see cref="CrmMapping.Options"/>.</summary>
internal sealed class SalesforceOptions
{
    private const string Create = "create";
    private const string Recipe = "recipe";
    private const string ByField = "field";
    private const string ByBody = "body";
    private const string ByApp = "app";
    private const string ByConsent = "consent";
    private const string On = "on";
    private const string Off = "off";
    private const string Bus = "https://api.pubsub.salesforce.com:7443";
    private const string AllChanges = "/data/ChangeEvents";
    private const string KeyMark = "-----BEGIN";
    private static readonly string[] Hosts = ["salesforce.com"];
    private static readonly string[] Names =
    [
        "ApiVersion", "LoginUrl", "Audience", "Username", "TrustedHosts", "RequestsPerDay", "LagSeconds", "OverlapSeconds", "SettleSeconds",
        "RecentMinutes", "PageSize", "Login", "Streams", "StageField", "AccountField", "Lists", "ActivityKey", "TaskDone", "TaskOpen", "PubSubUrl", "ChangeEvents", "Channels", "AssertionSeconds",
    ];

    private readonly OptionBook _book;
    private readonly CrmConnection _connection;

    public SalesforceOptions(CrmConnection connection) => (_connection, _book) = (connection, new(connection, Names));

    public SalesforceLogin Login => _connection switch
    {
        { Token: not null } => SalesforceLogin.Token,
        { RefreshToken: not null } => SalesforceLogin.RefreshToken,
        _ when ByConsent.Equals(_book.Text("Login"), StringComparison.OrdinalIgnoreCase) => SalesforceLogin.RefreshToken,
        { ClientSecret: { } secret } when secret.Reveal().StartsWith(KeyMark, StringComparison.Ordinal) => SalesforceLogin.Assertion,
        _ => SalesforceLogin.ClientCredentials,
    };

    public SalesforcePaths Paths => new(_book.Text("ApiVersion") ?? "68.0");

    /// <summary>Where tokens are asked for: the org's own host, unless another is named.</summary>
    public Uri LoginUrl => Uri.TryCreate(_book.Text("LoginUrl"), UriKind.Absolute, out var url) ? url : BaseUrl;

    /// <summary>The org's own host (My Domain); every answer with a token says where to go from there.</summary>
    public Uri BaseUrl => _connection.BaseUrl ?? new("https://login.salesforce.com");

    /// <summary>Whom an assertion is made out to: production, or the sandboxes.</summary>
    public string Audience => _book.Text("Audience")
        ?? (LoginUrl.Host == "test.salesforce.com" || LoginUrl.Host.Contains(".sandbox.", StringComparison.Ordinal) ? "https://test.salesforce.com" : "https://login.salesforce.com");

    /// <summary>The user in whose name an assertion asks.</summary>
    public string? Username => _book.Text("Username");

    /// <summary>How far ahead an assertion ends. Which number Salesforce takes at most is not documented: its clients use three minutes, by their own clock.</summary>
    public TimeSpan AssertionLife => TimeSpan.FromSeconds(_book.Number("AssertionSeconds") ?? 120);

    /// <summary>Null: what answers tell; a number is a ceiling for that.</summary>
    public int? RequestsPerDay => _book.Number("RequestsPerDay");

    /// <summary>A change is looked for only when it is this old, since stamps are set before the change is visible.</summary>
    public TimeSpan Lag => TimeSpan.FromSeconds(_book.Number("LagSeconds") ?? 5);

    /// <summary>How long a transaction may run and surface with an older stamp: a call has ten minutes.</summary>
    public TimeSpan Overlap => TimeSpan.FromSeconds(_book.Number("OverlapSeconds") ?? 660);
    public TimeSpan Settle => TimeSpan.FromSeconds(_book.Number("SettleSeconds") ?? 600);

    /// <summary>A record that somebody else touched so short a time ago is written alone and guarded.</summary>
    public TimeSpan Recent => TimeSpan.FromMinutes(_book.Number("RecentMinutes") ?? 10);
    public int PageSize => Math.Clamp(_book.Number("PageSize") ?? 2000, 200, 2000);

    /// <summary>The picklist that holds the stage, on leads and contacts.</summary>
    public string StageField => _book.Text("StageField") ?? "Lifecycle_Stage__c";

    /// <summary>The lookup by which an org matches its leads to accounts; leads have none of their own.</summary>
    public string AccountField => _book.Text("AccountField") ?? "Matched_Account__c";

    /// <summary>Whether set-up makes the list views (<c>create</c>), or says how they are made by hand (<c>recipe</c>).</summary>
    public bool CreatesLists => (_book.Text("Lists") ?? Create).Equals(Create, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether tasks are known by a unique field of theirs where the org has it (<c>field</c>), or always by a word in their body.</summary>
    public bool KeysInField => !ByBody.Equals(_book.Text("ActivityKey"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The status of a task that is done, and of one that is not begun: an org may call them otherwise, and takes any word without complaint.</summary>
    public string TaskDone => _book.Text("TaskDone") ?? "Completed";
    public string TaskOpen => _book.Text("TaskOpen") ?? "Not Started";

    public IReadOnlyList<string> Streams => _book.Text("Streams") is not null
        ? [.. SalesforceStreams.All.Where(s => s == SalesforceStreams.Leads || _book.List("Streams").Contains(s, StringComparer.OrdinalIgnoreCase))]
        : SalesforceStreams.All;

    /// <summary>
    /// Where change events are told; null: nobody listens. An org on this machine is a sandbox, whose event bus must be named.
    /// </summary>
    public Uri? StreamUrl => Off.Equals(_book.Text("ChangeEvents"), StringComparison.OrdinalIgnoreCase) ? null
        : Uri.TryCreate(_book.Text("PubSubUrl"), UriKind.Absolute, out var url) ? url
        : BaseUrl.IsLoopback ? null : new(Bus);

    /// <summary>Topics to listen to: all objects that the org selected, or an admin's own channel (<c>/data/CrmSync__chn</c>).</summary>
    public IReadOnlyList<string> Channels => _book.List("Channels") is { Count: > 0 } named ? named : [AllChanges];

    /// <summary>What is wrong with a host that an answer sends us to; null: nothing.</summary>
    public string? ProblemOfInstance(Uri instance) =>
        instance.Host.EndsWith(".lightning.force.com", StringComparison.OrdinalIgnoreCase) ? "is the host of the user interface"
        : instance.IsLoopback && !BaseUrl.IsLoopback ? "is this machine"
        : HostGuard.Problem(instance, Hosts, _book.List("TrustedHosts"));

    /// <summary>Everything wrong with the settings of a connection.</summary>
    public static IReadOnlyList<CrmProblem> Validate(CrmConnection connection)
    {
        var problems = new List<CrmProblem>();
        var options = new SalesforceOptions(connection);
        void Add(string setting, string problem, string repair) => problems.Add(options._book.Invalid(setting, problem, repair));

        if (connection.QuotaShare is not (> 0 and <= 1))
            Add("QuotaShare", "It must be above 0 and at most 1.", "Write a part of one, such as 0.6.");
        problems.AddRange(SalesforceLoginCheck.Of(connection, options.Login, options.LoginUrl, options.Username).Select(p => options._book.Invalid(p.Setting, p.Problem, p.Repair)));
        foreach (var (setting, url) in new[] { ("BaseUrl", connection.BaseUrl), ("Mapping:Options:LoginUrl", options.LoginUrl) })
            if (url is not null && HostGuard.Problem(url, Hosts, options._book.List("TrustedHosts")) is { } wrong)
                Add(setting, $"It {wrong}.", "Write the org's My Domain address, or name the host in Mapping:Options:TrustedHosts.");
        problems.AddRange([.. options._book.Problems(), .. options._book.Strangers("Streams", SalesforceStreams.All)]);
        options.CheckStream(Add);
        if (options._book.Text("Login") is { } login && !new[] { ByApp, ByConsent }.Contains(login, StringComparer.OrdinalIgnoreCase))
            Add("Mapping:Options:Login", "There is no such way.", $"Write {ByApp}, or {ByConsent} to work as the user who lets the app in (crmsync auth login).");
        if (!options.Paths.IsVersion)
            Add("Mapping:Options:ApiVersion", "It is no version.", "Write one such as 68.0.");
        foreach (var (setting, field) in new[] { ("StageField", options.StageField), ("AccountField", options.AccountField) })
            if (!Soql.SoqlName.IsValid(field))
                Add($"Mapping:Options:{setting}", "It is no field name.", "Write the API name, such as Lifecycle_Stage__c.");
        if (!options.CreatesLists && !Recipe.Equals(options._book.Text("Lists"), StringComparison.OrdinalIgnoreCase))
            Add("Mapping:Options:Lists", "There is no such way.", $"Write {Create}, or {Recipe} to make the list views by hand.");
        if (options._book.Text("ActivityKey") is { } key && options.KeysInField && !ByField.Equals(key, StringComparison.OrdinalIgnoreCase))
            Add("Mapping:Options:ActivityKey", "There is no such way.", $"Write {ByField}, or {ByBody} where the org has no unique field for tasks.");
        foreach (var (fact, field) in connection.Mapping.Facts.Where(f => !Soql.SoqlName.IsValid(SalesforceFieldNames.Plain(f.Value))))
            Add($"Mapping:Facts:{fact}", $"'{field}' is no field name.", "Write the API name, such as Webinar_Attended__c or account:Industry.");
        return problems;
    }

    private void CheckStream(Action<string, string, string> add)
    {
        if (_book.Text("ChangeEvents") is { } chosen && !new[] { On, Off }.Contains(chosen, StringComparer.OrdinalIgnoreCase))
            add("Mapping:Options:ChangeEvents", "There is no such way.", $"Write {On}, or {Off} to find changes by polling alone.");
        if (_book.Text("PubSubUrl") is { } text && (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != "https" ? "is no https address" : HostGuard.Problem(url, Hosts, _book.List("TrustedHosts"))) is { } wrong)
            add("Mapping:Options:PubSubUrl", $"'{text}' {wrong}.", $"Write {Bus}, or https://api.deu.pubsub.salesforce.com:7443 for processing in the EU.");
        foreach (var channel in Channels.Where(c => !c.StartsWith("/data/", StringComparison.Ordinal)))
            add("Mapping:Options:Channels", $"'{channel}' is no channel of change events.", $"Write {AllChanges}, /data/LeadChangeEvent, or your own such as /data/CrmSync__chn.");
    }
}
