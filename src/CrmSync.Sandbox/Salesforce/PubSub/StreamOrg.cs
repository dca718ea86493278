using CrmSync.Sandbox.Salesforce.Access;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.PubSub;

/// <summary>An org as its event stream sees it.</summary>
internal sealed record StreamOrg(Org Org, EventFeed Feed, CallMeter Meter);

/// <summary>Finds the org that a token is for.</summary>
internal interface IStreamOrgs
{
    /// <summary>Null for a token that is not good, or not any more.</summary>
    StreamOrg? Find(string token, DateTimeOffset now);
}
