using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>One filter of a search: what it asks of a record.</summary>
internal interface ISearchFilter
{
    /// <summary>The oldest modified date that can match, so that a search need not look at older changes; null when any can.</summary>
    long? ModifiedSince(ObjectType type);

    bool Matches(HubSpotRecord record, RecordState state);
}
