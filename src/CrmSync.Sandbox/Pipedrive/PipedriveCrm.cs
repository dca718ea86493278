using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Access;
using CrmSync.Sandbox.Pipedrive.People;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive;

/// <summary>Pipedrive: several companies behind one address; the token tells which.</summary>
internal sealed class PipedriveCrm(PipedriveSwitches initial, World world) : ISandboxCrm, IWebhookSource
{
    private List<PipedriveAccount> accounts = [];
    private CredentialBook credentials = new(0);
    private PipedriveApi? api;
    private PipedriveSwitches switches = new();

    public string Name => PipedriveAccount.CrmName;

    public bool IsOpen => accounts.Count > 0;

    public IWebhookSource Webhooks => this;

    public string ErrorBody => """{"success":false,"error":"Internal Server Error","code":"ERR_UNKNOWN"}""";

    public DateTimeOffset? NextDue => accounts.Min(account => account.Feed.NextDue);

    public IReadOnlyList<AccountCard> Reset(int accountCount, int seed, Uri baseUrl, DateTimeOffset now)
    {
        switches = initial;
        var book = new CredentialBook(seed);
        accounts = [.. Enumerable.Range(0, accountCount).Select(number =>
        {
            var company = CompanyFurniture.Open(number, seed, switches, now);
            return new PipedriveAccount(company, book.Open(company, now), baseUrl);
        })];
        credentials = book;
        api = new PipedriveApi(seed, book, new PipedriveOAuth(book, baseUrl), company => accounts.Find(account => account.Company == company)!, () => switches, world);
        return [.. accounts.Select(account => account.Card)];
    }

    public CrmReply Answer(CrmRequest request) => (api ?? throw new InvalidOperationException("The sandbox was not reset yet.")).Answer(request);

    public void Revoke(CrmRequest request)
    {
        if (PipedriveGate.TokenOf(request, switches.QueryToken) is { } token)
        {
            credentials.Revoke(token);
        }
    }

    public void RestoreCredentials() => credentials.RestoreAll();

    public string KeyOf(string? accountId) => throw new SandboxRequestException("Pipedrive's apps sign with no key of their own.");

    /// <summary>Events are <c>action.object</c>, with a star for any; the receiver is shown the user and the account's webhook secret as password.</summary>
    public void Subscribe(SubscriptionRequest request)
    {
        var account = Account(request.AccountId);
        foreach (var text in request.Events)
        {
            var parts = (text == "*" ? "*.*" : text).Split('.');
            if (parts.Length != 2 || !request.Url.IsAbsoluteUri || request.Url.Scheme is not "http" and not "https")
            {
                throw new SandboxRequestException($"'{text}' to '{request.Url}' is no webhook. Send action.object, such as change.lead or *.deal, and an address.");
            }

            account.Webhooks.Add(id => new WebhookSubscription(id, request.Url, parts[0], parts[1], account.Company.ApiUser, world.Clock.Now)
            {
                Name = text,
                User = PipedriveAccount.WebhookUser,
                Password = account.Card.WebhookSecret,
            });
        }
    }

    public void Switch(JsonObject values)
    {
        switches = SwitchJson.Merge(switches, values);
        accounts.ForEach(account => account.Company.Switches = switches);
    }

    public IReadOnlyList<LeadId> AddLeads(LeadsRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        var seeding = new LeadSeeding(account.Company, world.Later, Log(account));
        seeding.Check(request.Leads);
        return [.. request.Leads.Select(lead => new LeadId(lead.Key, Name, seeding.Add(lead, now).Id))];
    }

    public GenerateReply Generate(GenerateRequest request, DateTimeOffset now) => new CompanyGenerator(Account(request.AccountId).Company).Run(request, now);

    public ActReply Act(ActRequest request, DateTimeOffset now)
    {
        var account = Account(request.AccountId);
        var (record, effects) = CompanyActs.Run(account.Company, request, now);
        Log(account)(now, request.Act, effects);
        return new ActReply(request.Key, Name, record.Id, effects);
    }

    public CrmState State(string? accountId) =>
        new([.. accounts.Where(account => accountId is null || account.Card.AccountId == accountId).SelectMany(account => CompanyStateReader.Read(account.Company))]);

    public IReadOnlyList<WebhookDelivery> TakeDue(DateTimeOffset now) => [.. accounts.SelectMany(account => account.Feed.TakeDue(now))];

    public void Return(WebhookDelivery delivery) => Account(delivery.AccountId).Feed.Return(delivery);

    private PipedriveAccount Account(string? accountId) =>
        (accountId is null ? accounts.FirstOrDefault() : accounts.Find(account => account.Card.AccountId == accountId))
        ?? throw new SandboxRequestException(string.Create(CultureInfo.InvariantCulture, $"Pipedrive has no company {accountId}. Companies: {string.Join(", ", accounts.Select(account => account.Card.AccountId))}."));

    private Action<DateTimeOffset, string, IReadOnlyList<Effect>> Log(PipedriveAccount account) =>
        (at, path, effects) => world.Log.Append(LogEntries.Act(Name, account.Card.AccountId, at, path, effects));
}
