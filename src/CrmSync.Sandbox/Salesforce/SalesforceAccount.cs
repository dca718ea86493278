using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Access;
using CrmSync.Sandbox.Salesforce.Api;
using CrmSync.Sandbox.Salesforce.PubSub;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce;

/// <summary>One org with all that belongs to it.</summary>
internal sealed class SalesforceAccount
{
    public const string CrmName = "salesforce";

    public SalesforceAccount(Org org, ConnectedApp app, string token, Uri baseUrl, EventFeed? feed, StreamAddress? stream)
    {
        (Org, App, Feed) = (org, app, feed);
        if (feed is not null)
        {
            org.Changed = feed.Add;
        }

        Card = new AccountCard
        {
            Crm = CrmName,
            AccountId = org.Id,
            BaseUrl = baseUrl.ToString().TrimEnd('/'),
            Token = token,
            ClientId = app.ClientId,
            ClientSecret = app.ClientSecret,
            RefreshToken = app.RefreshToken,
            WebhookSecret = "",
            Username = org.ApiUser.Username,
            StreamUrl = stream?.Url.ToString().TrimEnd('/'),
            StreamCertificate = stream?.Certificate,
        };
    }

    public Org Org { get; }

    public ConnectedApp App { get; }

    public AccountCard Card { get; }

    /// <summary>Null when there is no event stream.</summary>
    public EventFeed? Feed { get; }

    public CursorBook Cursors { get; } = new();

    public CallMeter Meter { get; } = new();
}

/// <summary>Where the event stream is, and the certificate (PEM) that it shows.</summary>
internal sealed record StreamAddress(Uri Url, string Certificate);
