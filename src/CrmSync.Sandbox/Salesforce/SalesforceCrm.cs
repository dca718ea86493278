using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Access;
using CrmSync.Sandbox.Salesforce.People;
using CrmSync.Sandbox.Salesforce.PubSub;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce;

/// <summary>Salesforce: several orgs behind one address; the token tells which. It sends no webhooks.</summary>
internal sealed class SalesforceCrm(SalesforceSwitches initial, World world) : ISandboxCrm, IWebhookSource, IStreamOrgs
{
    private static readonly string[] Generated = ["Account", "Lead"];

    private List<SalesforceAccount> accounts = [];
    private SessionBook sessions = new();
    private SalesforceApi? api;
    private SalesforceSwitches switches = new();

    public string Name => SalesforceAccount.CrmName;

    public bool IsOpen => accounts.Count > 0;

    public IWebhookSource Webhooks => this;

    /// <summary>Where the event stream is; without one, no events are kept. Counts from the next reset on.</summary>
    public StreamAddress? Stream { get; set; }

    public DateTimeOffset? NextDue => null;

    /// <summary>The place of the newest event of all orgs; 0 before the first.</summary>
    public long NewestEvent => accounts.Max(account => account.Feed?.Newest) ?? 0;

    public string ErrorBody => """[{"message":"An unexpected error occurred. Please include this ErrorId if you contact support: 0000000000-00000","errorCode":"UNKNOWN_EXCEPTION"}]""";

    public IReadOnlyList<AccountCard> Reset(int accountCount, int seed, Uri baseUrl, DateTimeOffset now)
    {
        switches = initial;
        var book = new SessionBook();
        accounts = [.. Enumerable.Range(0, accountCount).Select(number =>
        {
            var org = OrgFurniture.Open(number, seed, switches, now);
            return new SalesforceAccount(org, book.Open(org), book.Start(org, now).Token, baseUrl, Stream is null ? null : new EventFeed(org, world.Later), Stream);
        })];
        sessions = book;
        api = new SalesforceApi(book, new SalesforceOAuth(book, baseUrl), org => accounts.Find(account => account.Org == org)!);
        return [.. accounts.Select(account => account.Card)];
    }

    public CrmReply Answer(CrmRequest request) => (api ?? throw new InvalidOperationException("The sandbox was not reset yet.")).Answer(request);

    public void Revoke(CrmRequest request)
    {
        if (SalesforceOAuth.BearerOf(request) is { } token)
        {
            sessions.Revoke(token);
        }
    }

    public void RestoreCredentials() => sessions.RestoreAll();

    public string KeyOf(string? accountId) => Account(accountId).App.Key.ExportPkcs8PrivateKeyPem();

    public StreamOrg? Find(string token, DateTimeOffset now) =>
        sessions.Use(token, now) is { Org: { } org } && accounts.Find(account => account.Org == org) is { Feed: { } feed } found
            ? new StreamOrg(org, feed, found.Meter) : null;

    public void Subscribe(SubscriptionRequest request) =>
        throw new SandboxRequestException("Salesforce sends no webhooks; its changes are told on the event stream, at the stream's own port.");

    public void Switch(JsonObject values)
    {
        switches = SwitchJson.Merge(switches, values);
        accounts.ForEach(account => account.Org.Switches = switches);
    }

    public IReadOnlyList<LeadId> AddLeads(LeadsRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        var seeding = new OrgSeeding(account.Org, world.Later, Log(account));
        seeding.Check(request.Leads, now);
        return [.. request.Leads.Select(lead => new LeadId(lead.Key, Name, seeding.Add(lead, now).Id))];
    }

    /// <summary>So many rows at once are more than the event stream tells one by one.</summary>
    public GenerateReply Generate(GenerateRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        var reply = new OrgGenerator(account.Org).Run(request, now);
        foreach (var entity in Generated)
        {
            account.Feed?.Overflow(entity, new Transaction(OrgActor.Import(account.Org.Automation), now));
        }

        return reply;
    }

    public ActReply Act(ActRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        var (lead, effects) = OrgActs.Run(account.Org, request, now);
        Log(account)(now, request.Act, effects);
        return new ActReply(request.Key, Name, lead.Id, effects);
    }

    public CrmState State(string? accountId) =>
        new([.. accounts.Where(account => accountId is null || account.Card.AccountId == accountId).SelectMany(account => OrgStateReader.Read(account.Org))]);

    public IReadOnlyList<WebhookDelivery> TakeDue(DateTimeOffset now) => [];

    public void Return(WebhookDelivery delivery) => throw new InvalidOperationException("Nothing was taken.");

    private SalesforceAccount Account(string? accountId) =>
        (accountId is null ? accounts.FirstOrDefault() : accounts.Find(account => account.Card.AccountId == accountId || account.Card.AccountId[..15] == accountId))
        ?? throw new SandboxRequestException($"Salesforce has no org {accountId}. Orgs: {string.Join(", ", accounts.Select(account => account.Card.AccountId))}.");

    private Action<DateTimeOffset, string, IReadOnlyList<Effect>> Log(SalesforceAccount account) =>
        (at, path, effects) => world.Log.Append(LogEntries.Act(Name, account.Card.AccountId, at, path, effects));
}
