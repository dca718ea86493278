using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Leads;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Chaos.Crms;

internal sealed partial class HubSpotUnderTest : CrmUnderTest
{
    private const string Update = "contacts/batch/update";
    private const string Read = "contacts/batch/read";
    private const double Share = 0.6;

    public override string Name => "hubspot";

    public override IReadOnlyList<string> Events { get; } =
        ["contact.creation", "contact.deletion", "contact.merge", "contact.propertyChange", "contact.associationChange", "company.propertyChange", "deal.creation", "deal.propertyChange"];

    public override IReadOnlyList<FaultKind> Faults { get; } = [.. new FaultMaker("hubspot").Of(
        new("POST", Update), new("POST", Read), new("POST", "search"), new("POST", "tasks/batch/upsert"),
        busy: new(429, """{"status":"error","message":"You have reached your secondly limit.","errorType":"RATE_LIMIT","policyName":"SECONDLY"}"""),
        daily: new(429, """{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}""")),
        .. new FaultMaker("hubspot").OfPages(new("POST", "search"))];

    public override CrmDialect Dialect => CrmDialect.HubSpot;
    public override string Handover => CrmFields.Handover;
    public override string JobTitle => "jobtitle";

    public override IReadOnlyList<string> Calls { get; } =
    [
        "GET /owners", "GET /contacts", "POST /contacts/search", "POST /companies/search", "POST /deals/search",
        "POST /contacts/batch/read of facts", "POST /contacts/batch/read with history", "POST /contacts/companies/batch/read", "POST /companies/batch/read",
        "POST /contacts/batch/read as guard", "POST /contacts/batch/update", "POST /tasks/batch/upsert", "POST /tasks/contacts/batch/associate/default", "POST /notes/batch/upsert",
    ];

    public override void Register(IServiceCollection services) => services.AddHubSpot();

    public override CrmConnection Connection(AccountCard account, Uri? webhooks) => new()
    {
        Name = Rig.Connection, Crm = Name, AccountId = account.AccountId, BaseUrl = new(account.BaseUrl), Token = new(account.Token),
        WebhookSecrets = [new(account.WebhookSecret)], Language = "en",
        QuotaShare = Share, Mapping = new() { Options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["RequestsPer10Seconds"] = "40" } },
    };

    public override object Settings(AccountCard account) => new { Crm = Name, account.AccountId, account.BaseUrl, account.Token };

    public override bool LimitsDays => true;

    public override SandboxOptions Sandbox(RigSetting setting, TimeProvider clock) => new()
    {
        Clock = clock, AutoDeliver = false, WebhooksAtOnce = 1, Seed = setting.Seed,
        HubSpot = setting.Grant is { } grant
            ? setting.Switches with { RotateRefreshTokens = true, AccessTokenSeconds = grant.LifeSeconds, RefreshGraceSeconds = grant.GraceSeconds }
            : setting.Switches,
    };

    public override string NameOf(HttpRequestMessage request, string body)
    {
        var path = Ids().Replace(request.RequestUri!.AbsolutePath, "");
        var depth = !path.EndsWith(Read, StringComparison.Ordinal) ? ""
            : body.Contains("propertiesWithHistory\":[\"", StringComparison.Ordinal) ? " with history"
            : body.Contains("jobtitle", StringComparison.Ordinal) ? " of facts" : " as guard";
        return $"{request.Method} {path}{depth}";
    }

    public override bool IsWrite(string name) => name.EndsWith(Update, StringComparison.Ordinal);

    public override HttpRequestMessage Webhook(Rig rig, string leadId, long number, bool authentic) =>
        new Signer(rig.Worker.Webhooks, authentic ? rig.Account.WebhookSecret : "somebody-else's", rig.Clock).Request($"[{Signer.Event(number, leadId, rig.Account.AccountId)}]");

    public override WebhookDelivery Believed(Rig rig, WebhookDelivery delivery)
    {
        var timestamp = new Signer(rig.Worker.Webhooks, rig.Account.WebhookSecret, rig.Clock).Timestamp();
        var signature = Signer.Signature(rig.Account.WebhookSecret, delivery.Method, delivery.PublicUri.ToString(), delivery.Body.ToArray(), timestamp);
        return delivery with
        {
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-HubSpot-Signature-v3"] = signature, ["X-HubSpot-Request-Timestamp"] = timestamp },
        };
    }

    public override IEnumerable<(string Name, Func<int, HttpRequestMessage> Make)> Forgeries(Rig rig, string leadId)
    {
        var signer = new Signer(rig.Worker.Webhooks, rig.Account.WebhookSecret, rig.Clock);
        return Nemesis.Forgeries.All.Select(way => (way.Name, (Func<int, HttpRequestMessage>)(n =>
            way.Make(signer, Encoding.UTF8.GetBytes($"[{Signer.Event(Nemesis.Forgeries.FirstEvent + n, leadId, rig.Account.AccountId)}]"), n))));
    }

    /// <summary>The admin of the CRM wants a field filled in that they lack, before somebody becomes marketing qualified.</summary>
    public override void Poison(Rig rig, IReadOnlyList<string> leads) => Require(rig, "phone");

    public override void Cure(Rig rig) => Require(rig);

    private static IEnumerable<QuotaWindow> OfADay(RigSetting setting) => setting.RequestsPerDay is { } most ? [new("", TimeSpan.FromDays(1), (int)(most * Share))] : [];

    private void Require(Rig rig, params string[] fields) => rig.Control.SetSwitch(Name, "requiredForStage",
        fields.Length == 0 ? new JsonObject() : new JsonObject { ["marketingqualifiedlead"] = new JsonArray([.. fields.Select(f => JsonValue.Create(f))]) });

    public override RunFacts Facts(Rig rig, RunFacts common)
    {
        var accepted = rig.Worker.Connection.Adapter.Stages.ValueOf(LifecycleStage.SalesAccepted)!;
        return common with
        {
            OurIdentity = rig.Setting.Grant is null ? "static" : "oauth",
            StageOrder = ["subscriber", "lead", "marketingqualifiedlead", accepted, "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"],
            StageValues = new Dictionary<string, string>
            {
                ["Lead"] = "lead", ["MarketingQualified"] = "marketingqualifiedlead", ["SalesAccepted"] = accepted, ["SalesQualified"] = "salesqualifiedlead",
                ["Opportunity"] = "opportunity", ["Customer"] = "customer",
            },
            Quotas = [new("!/search", TimeSpan.FromSeconds(10), Rig.MostInTenSeconds), new("/search", TimeSpan.FromSeconds(1), 3), .. OfADay(rig.Setting)],
        };
    }

    [GeneratedRegex(@"/crm|/objects|/associations|/\d{4}-\d{2}|/v\d|/\d+")]
    private static partial Regex Ids();
}
