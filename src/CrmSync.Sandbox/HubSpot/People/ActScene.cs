using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>Who does what to whom, and where it is written down.</summary>
internal sealed record ActScene(Portal Portal, LeadKeys Keys, ActRequest Act, HubSpotRecord Contact, WriteContext Context);
