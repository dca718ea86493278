using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Access;
using CrmSync.Sandbox.HubSpot.People;
using CrmSync.Sandbox.HubSpot.Store;
using CrmSync.Sandbox.HubSpot.Webhooks;

namespace CrmSync.Sandbox.HubSpot;

/// <summary>One account with all that belongs to it.</summary>
internal sealed class HubSpotAccount
{
    public const string CrmName = "hubspot";

    public HubSpotAccount(Portal portal, AppCredentials app, Uri baseUrl)
    {
        (Portal, App) = (portal, app);
        Webhooks = new WebhookFeed(CrmName, portal.Seed, app, () => portal.Switches);
        portal.Changed = change =>
        {
            Webhooks.Add(change);
            DealSync.After(portal, change);
        };
        Card = new AccountCard
        {
            Crm = CrmName,
            AccountId = portal.Id.ToString(CultureInfo.InvariantCulture),
            BaseUrl = baseUrl.ToString().TrimEnd('/'),
            Token = app.Token,
            ClientId = app.ClientId,
            ClientSecret = app.ClientSecret,
            RefreshToken = app.RefreshToken,
            WebhookSecret = app.ClientSecret,
        };
    }

    public Portal Portal { get; }

    public AppCredentials App { get; }

    public AccountCard Card { get; }

    public PortalLimits Limits { get; } = new();

    public LeadKeys Keys { get; } = new();

    public WebhookFeed Webhooks { get; }
}
