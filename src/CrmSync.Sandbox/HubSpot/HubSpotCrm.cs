using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Access;
using CrmSync.Sandbox.HubSpot.People;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot;

/// <summary>HubSpot: several accounts behind one address.</summary>
internal sealed class HubSpotCrm(HubSpotSwitches initial, World world) : ISandboxCrm, IWebhookSource
{
    private const long FirstPortalId = 146_410_001;

    private List<HubSpotAccount> accounts = [];
    private TokenBook tokens = new(0);
    private HubSpotApi? api;
    private HubSpotSwitches switches = new();

    public string Name => HubSpotAccount.CrmName;

    public bool IsOpen => accounts.Count > 0;

    public IWebhookSource Webhooks => this;

    public string ErrorBody => """{"status":"error","message":"internal error","category":"UNKNOWN"}""";

    public DateTimeOffset? NextDue => accounts.Min(account => account.Webhooks.NextDue);

    public IReadOnlyList<AccountCard> Reset(int accountCount, int seed, Uri baseUrl, DateTimeOffset now)
    {
        switches = initial;
        var book = new TokenBook(seed);
        accounts = [.. Enumerable.Range(0, accountCount).Select(number =>
        {
            var portal = new Portal(FirstPortalId + (number * 1_013L), seed, switches);
            return new HubSpotAccount(portal, book.Open(portal.Id), baseUrl);
        })];
        tokens = book;
        api = new HubSpotApi(seed, book, new OAuthEndpoints(book, () => switches), portalId => accounts.Find(account => account.Portal.Id == portalId)!);
        return [.. accounts.Select(account => account.Card)];
    }

    public CrmReply Answer(CrmRequest request) => (api ?? throw new InvalidOperationException("The sandbox was not reset yet.")).Answer(request);

    public void Revoke(CrmRequest request)
    {
        if (HubSpotGate.BearerOf(request) is { } token)
        {
            tokens.Revoke(token);
        }
    }

    public string KeyOf(string? accountId) => throw new SandboxRequestException("HubSpot's apps sign with no key of their own.");

    public void RestoreCredentials() => tokens.RestoreAll();

    public void Subscribe(SubscriptionRequest request)
    {
        if (!request.Url.IsAbsoluteUri || request.Url.Scheme is not "http" and not "https")
        {
            throw new SandboxRequestException($"'{request.Url}' is no address to send webhooks to.");
        }

        Account(request.AccountId).Webhooks.Subscribe(request.Url, request.Events);
    }

    public void Switch(JsonObject values)
    {
        switches = SwitchJson.Merge(switches, values);
        foreach (var account in accounts)
        {
            account.Portal.Switches = switches;
            LifecycleEditing.KeepSalStage(account.Portal);
        }
    }

    public IReadOnlyList<LeadId> AddLeads(LeadsRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        var seeding = new LeadSeeding(account.Portal, account.Keys, world.Later, Log(account));
        seeding.Check(request.Leads);
        return [.. request.Leads.Select(lead => new LeadId(lead.Key, Name, seeding.Add(lead, now).IdText))];
    }

    public GenerateReply Generate(GenerateRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        return new Generator(account.Portal, account.Keys).Run(request, now);
    }

    public ActReply Act(ActRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        var contact = account.Keys.Contact(account.Portal, request.Key);
        var effects = PortalActs.Run(account.Portal, account.Keys, request, contact, now);
        Log(account)(now, request.Act, effects);
        return new ActReply(request.Key, Name, contact.IdText, effects);
    }

    public CrmState State(string? accountId) => new([.. accounts
        .Where(account => accountId is null || account.Card.AccountId == accountId)
        .SelectMany(account => StateReader.Read(account.Portal, account.Keys))]);

    public IReadOnlyList<WebhookDelivery> TakeDue(DateTimeOffset now) => [.. accounts.SelectMany(account => account.Webhooks.TakeDue(now))];

    public void Return(WebhookDelivery delivery) => Account(delivery.AccountId).Webhooks.Return(delivery);

    private HubSpotAccount Account(string? accountId) =>
        (accountId is null ? accounts.FirstOrDefault() : accounts.Find(account => account.Card.AccountId == accountId))
        ?? throw new SandboxRequestException($"HubSpot has no account {accountId}. Accounts: {string.Join(", ", accounts.Select(account => account.Card.AccountId))}.");

    private Action<DateTimeOffset, string, IReadOnlyList<Effect>> Log(HubSpotAccount account) =>
        (at, path, effects) => world.Log.Append(LogEntries.Act(Name, account.Card.AccountId, at, path, effects));
}
