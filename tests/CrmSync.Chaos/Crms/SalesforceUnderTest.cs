using System.Text.RegularExpressions;
using CrmSync.Adapters;
using CrmSync.Adapters.Salesforce;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Chaos.Crms;

/// <summary>Its webhooks are an event stream; a run without them is one of polls alone. A won sale converts the lead, which goes on as a contact.</summary>
internal sealed partial class SalesforceUnderTest : CrmUnderTest
{
    private const string Batch = "PATCH /composite/sobjects";

    public override string Name => "salesforce";

    public override IReadOnlyList<string>? Events => null;

    public override IReadOnlyList<FaultKind> Faults { get; } = [.. new FaultMaker("salesforce").Of(
        new("PATCH", "*/composite/sobjects"), new("POST", "*/composite"), new("GET", "*/query"), new("PATCH", "/composite/sobjects/Task/"),
        busy: new(403, """[{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"""),
        daily: new(403, """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""")),
        OfStream("event stream cut", "STREAM", "cut"), OfStream("event stream's session ended", "GRPC", "revoke"), OfStream("place in the event stream lost", "REPLAY", "stale")];

    public override CrmDialect Dialect => CrmDialect.Salesforce;
    public override string Handover => "crmsync_handover__c";
    public override bool Converts => true;
    public override string JobTitle => "Title";

    public override IReadOnlyList<string> Calls { get; } =
    [
        "POST /services/oauth2/token", "GET /services/oauth2/userinfo", "GET /sobjects/Lead/describe", "GET /query", "GET /queryAll",
        "POST /composite of facts", "POST /composite with history", "POST /composite as guard", Batch, "PATCH /composite/sobjects/Task/CrmSync_Key__c",
    ];

    public override void Register(IServiceCollection services) => services.AddSalesforce();

    public override CrmConnection Connection(AccountCard account, Uri? webhooks) => new()
    {
        Name = Rig.Connection, Crm = Name, AccountId = account.AccountId, BaseUrl = new(account.BaseUrl), ClientId = account.ClientId, ClientSecret = new(account.ClientSecret),
        Language = "en", QuotaShare = 0.6,
        Mapping = new() { Options = account.StreamUrl is { } stream ? new() { ["PubSubUrl"] = stream } : new Dictionary<string, string> { ["ChangeEvents"] = "off" } },
    };

    public override string TokenCall => "POST /services/oauth2/token";

    /// <summary>In the name of a user who let the app in, and not in its own.</summary>
    public override CrmConnection ByGrant(CrmConnection connection, AccountCard account) => With(base.ByGrant(connection, account), "Login", "consent");

    public override object Settings(AccountCard account) => new { Crm = Name, account.AccountId, account.BaseUrl, account.ClientId, account.ClientSecret };

    public override SandboxOptions Sandbox(RigSetting setting, TimeProvider clock) => new()
    {
        // A transaction that surfaces late is what a search index that lags is elsewhere.
        Clock = clock, AutoDeliver = false, WebhooksAtOnce = 1, Seed = setting.Seed, PubSubPort = setting.Webhooks ? 0 : null,
        // A quiet stream's signs of life would hurry a clock that steps from timer to timer.
        Salesforce = new()
        {
            CommitDelaySeconds = Late(setting).TotalSeconds, DailyLimit = 10_000_000, DailyEvents = 10_000_000, KeepAliveSeconds = 0,
            SessionSeconds = setting.Grant?.LifeSeconds ?? 7_200, RotateRefreshTokens = setting.Grant is not null, RefreshGraceSeconds = setting.Grant?.GraceSeconds ?? 0,
            GapEvery = setting.Seed % 4 == 1 ? 7 : 0, LoseEventEvery = setting.Seed % 4 == 2 ? 9 : 0,
        },
    };

    public override string NameOf(HttpRequestMessage request, string body)
    {
        var path = Ids().Replace(request.RequestUri!.AbsolutePath, "");
        var depth = !path.EndsWith("/composite", StringComparison.Ordinal) ? ""
            : body.Contains("LeadHistory", StringComparison.Ordinal) || body.Contains("ContactHistory", StringComparison.Ordinal) ? " with history"
            : body.Contains("Title", StringComparison.Ordinal) ? " of facts" : " as guard";
        return $"{request.Method} {path}{depth}";
    }

    public override bool IsWrite(string name) => name is Batch or "PATCH /sobjects/Lead" or "PATCH /sobjects/Contact";

    public override RunFacts Facts(Rig rig, RunFacts common) => common with
    {
        OurIdentity = "user",
        StageOrder = ["Lead", "MQL", "SAL", "SQL", "Opportunity", "Customer"],
        StageAliases = new Dictionary<string, string>(),
        StageValues = new Dictionary<string, string>
        {
            ["Lead"] = "Lead", ["MarketingQualified"] = "MQL", ["SalesAccepted"] = "SAL", ["SalesQualified"] = "SQL", ["Opportunity"] = "Opportunity", ["Customer"] = "Customer",
        },
        // What is deleted stays visible until the transaction has surfaced.
        InFlight = common.InFlight + Late(rig.Setting),
        Resolution = TimeSpan.FromSeconds(1),
        LeadStream = "leads",
        AskedByPost = ["/composite", "/oauth2/"],
    };

    private static FaultKind OfStream(string name, string moment, string fault) =>
        new(name, new() { Crm = "salesforce", Match = new() { Method = moment }, Take = 1, Fault = fault }, null);

    private static TimeSpan Late(RigSetting setting) => TimeSpan.FromSeconds(setting.Switches.SearchLagSeconds > 60 ? 299 : 0);

    [GeneratedRegex(@"/services/data/v[\d.]+|/00[A-Za-z0-9]{13,16}|/crmsync_key__c/.*$")]
    private static partial Regex Ids();
}
