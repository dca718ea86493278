using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Access;
using CrmSync.Sandbox.Pipedrive.Store;
using CrmSync.Sandbox.Pipedrive.Webhooks;

namespace CrmSync.Sandbox.Pipedrive;

/// <summary>One company's account with all that belongs to it.</summary>
internal sealed class PipedriveAccount
{
    public const string CrmName = "pipedrive";
    public const string WebhookUser = "crmsync";

    private readonly Dictionary<string, BurstLimits> bursts = new(StringComparer.Ordinal);

    public PipedriveAccount(PipedriveCompany company, PipedriveApp app, Uri baseUrl)
    {
        (Company, App) = (company, app);
        Feed = new WebhookFeed(CrmName, company, Webhooks);
        company.Changed = Feed.Add;
        Card = new AccountCard
        {
            Crm = CrmName,
            AccountId = company.Id.ToString(CultureInfo.InvariantCulture),
            BaseUrl = baseUrl.ToString().TrimEnd('/'),
            Token = app.Token,
            ClientId = app.ClientId,
            ClientSecret = app.ClientSecret,
            RefreshToken = app.RefreshToken,
            WebhookSecret = company.Secret("webhook"),
            Username = company.ApiUser.Email,
        };
    }

    public PipedriveCompany Company { get; }

    public PipedriveApp App { get; }

    public AccountCard Card { get; }

    public SubscriptionBook Webhooks { get; } = new();

    public WebhookFeed Feed { get; }

    public TokenPurse Purse { get; } = new();

    /// <summary>The burst limits of one token.</summary>
    public BurstLimits Burst(string token) => bursts.TryGetValue(token, out var known) ? known : bursts[token] = new BurstLimits();
}
