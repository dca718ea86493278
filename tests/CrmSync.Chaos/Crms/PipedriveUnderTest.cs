using System.Text.RegularExpressions;
using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Chaos.Crms;

/// <summary>Records are read and written one by one, leads have no history, and a won sale makes a deal of the lead, which is gone then.</summary>
internal sealed partial class PipedriveUnderTest : CrmUnderTest
{
    private const string Lead = "/leads/one";
    private const string Deal = "/deals/one";

    /// <summary>What the share allows of the forty requests in two seconds that a token of this plan has.</summary>
    private const int MostInTwoSeconds = 24;

    public override string Name => "pipedrive";

    /// <summary>The product subscribes by itself.</summary>
    public override IReadOnlyList<string> Events { get; } = [];
    public override bool SubscribesItself => true;

    /// <summary>Its lists show a change at once.</summary>
    public override IReadOnlySet<string> Impossible { get; } = new HashSet<string> { "rows visible minutes late" };

    /// <summary>What is applied late is applied within the time after which an unknown outcome is settled.</summary>
    public override IReadOnlyList<FaultKind> Faults { get; } = [.. new FaultMaker("pipedrive").Of(
        new("PATCH", "/api/v1/leads/"), new("GET", "/api/v1/leads/"), new("GET", "*/api/v1/leads"), new("POST", "*/api/v2/activities"),
        busy: new(429, """{"success":false,"error":"request over limit","errorCode":429}"""),
        daily: new(429, """{"success":false,"error":"request over limit","errorCode":429}""", new() { ["x-daily-ratelimit-token-remaining"] = "0" }), lateSeconds: 20),
        .. new FaultMaker("pipedrive").OfPages(new("GET", "/api/"))];

    public override CrmDialect Dialect => CrmDialect.Pipedrive;
    public override string Handover => CrmFields.Handover;
    public override bool Converts => true;
    public override string JobTitle => "person.job_title";

    /// <summary>Reads are many, each of one record.</summary>
    public override double RaceAfterGuard => 0.08;

    public override IReadOnlyList<string> Calls { get; } =
    [
        "GET /users", "GET /dealFields", "GET /webhooks", "GET /leads", "GET /deals", "GET /persons", "GET /organizations", "GET /activities",
        $"GET {Lead} as guard", "GET /persons/one", "GET /organizations/one", $"PATCH {Lead}", "POST /activities", "PATCH /activities/one", "GET /notes", "POST /notes",
    ];

    public override void Register(IServiceCollection services) => services.AddPipedrive();

    public override CrmConnection Connection(AccountCard account, Uri? webhooks) => new()
    {
        Name = Rig.Connection, Crm = Name, AccountId = account.AccountId, BaseUrl = new(account.BaseUrl), Token = new(account.Token),
        WebhookSecrets = [new(account.WebhookSecret)], PublicUrl = webhooks, Language = "en", QuotaShare = 0.6,
    };

    /// <summary>An app has more requests in two seconds than a user's token; here it is held to as many.</summary>
    public override CrmConnection ByGrant(CrmConnection connection, AccountCard account) => With(base.ByGrant(connection, account), "RequestsPer2Seconds", "40");

    /// <summary>Several reads wait together for the next two seconds, and nothing says which of them goes first then.</summary>
    public override CrmConnection OneAtATime(CrmConnection connection) => With(connection, "ReadsAtOnce", "1");

    public override object Settings(AccountCard account) => new { Crm = Name, account.AccountId, account.BaseUrl, account.Token };

    public override SandboxOptions Sandbox(RigSetting setting, TimeProvider clock) => new()
    {
        Clock = clock, AutoDeliver = false, WebhooksAtOnce = 1, Seed = setting.Seed,
        Pipedrive = new()
        {
            // A purse for all the days: how it is planned with has tests of its own.
            RotateRefreshTokens = setting.Grant is not null, AccessTokenSeconds = setting.Grant?.LifeSeconds ?? 3_600, RefreshGraceSeconds = setting.Grant?.GraceSeconds ?? 0,
            Plan = "Growth", TopUpTokens = 100_000_000, DuplicateWebhooks = setting.Switches.DuplicateWebhooks, WebhookDelaySeconds = setting.Switches.ShuffleWebhooks ? 20 : 1,
        },
    };

    public override string NameOf(HttpRequestMessage request, string body)
    {
        var path = Ids().Replace(Versions().Replace(request.RequestUri!.AbsolutePath, ""), "/one");
        return request.Method == HttpMethod.Get && path is Lead or Deal ? $"GET {path} as guard" : $"{request.Method} {path}";
    }

    public override bool IsWrite(string name) => name is $"PATCH {Lead}" or $"PATCH {Deal}";

    public override HttpRequestMessage Webhook(Rig rig, string leadId, long number, bool authentic) =>
        new PipedriveCaller(rig.Worker.Webhooks, authentic ? rig.Account.WebhookSecret : "somebody-else's", Rig.Connection).Request(PipedriveCaller.Event(number, leadId, rig.Account.AccountId));

    public override WebhookDelivery Believed(Rig rig, WebhookDelivery delivery)
    {
        var caller = new PipedriveCaller(rig.Worker.Webhooks, rig.Account.WebhookSecret, Rig.Connection);
        return delivery with { PublicUri = caller.To(caller.Path), Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = caller.Authorization } };
    }

    public override IEnumerable<(string Name, Func<int, HttpRequestMessage> Make)> Forgeries(Rig rig, string leadId)
    {
        var caller = new PipedriveCaller(rig.Worker.Webhooks, rig.Account.WebhookSecret, Rig.Connection);
        return PipedriveForgeries.All(caller, rig.Account).Select(way =>
            (way.Name, (Func<int, HttpRequestMessage>)(n => way.Make(PipedriveCaller.Event(Nemesis.Forgeries.FirstEvent + n, leadId, rig.Account.AccountId), n))));
    }

    public override void Poison(Rig rig, IReadOnlyList<string> leads)
    {
        foreach (var lead in leads)
            rig.Control.AddFault(new() { Crm = Name, Match = new() { Method = "PATCH", Path = lead }, Fault = "status", Status = 400, Body = """{"success":false,"error":"The lead cannot be changed."}""" });
    }

    public override RunFacts Facts(Rig rig, RunFacts common) => common with
    {
        OurIdentity = rig.Setting.Grant is null ? "token" : "oauth",
        StageOrder = ["Lead", "MQL", "SAL", "SQL", "Opportunity", "Customer"],
        StageAliases = new Dictionary<string, string>(),
        StageValues = new Dictionary<string, string>
        {
            ["Lead"] = "Lead", ["MarketingQualified"] = "MQL", ["SalesAccepted"] = "SAL", ["SalesQualified"] = "SQL", ["Opportunity"] = "Opportunity", ["Customer"] = "Customer",
        },
        LeadStream = "leads",
        WithoutHistory = new HashSet<string> { "leads" },
        Resolution = TimeSpan.FromSeconds(1),
        AskedByPost = [],
        Quotas = [new("", TimeSpan.FromSeconds(2), MostInTwoSeconds)],
    };

    [GeneratedRegex("^/api/v[12]")]
    private static partial Regex Versions();

    [GeneratedRegex("/[0-9a-f-]{36}|/[0-9]+|/[0-9a-f]{40}")]
    private static partial Regex Ids();
}
