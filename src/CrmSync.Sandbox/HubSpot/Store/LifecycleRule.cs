using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Stages only move forward, in the order of the options; a cleared stage may become any.</summary>
internal static class LifecycleRule
{
    public static bool IsBackward(Portal portal, HubSpotRecord record, string stage)
    {
        var definition = portal.Schema(record.Type).Find(LifecycleStages.Property);
        return definition is not null
            && record.State.Values.Get(LifecycleStages.Property) is { } present
            && definition.Option(stage) is { } wanted
            && wanted.DisplayOrder < (definition.Option(present)?.DisplayOrder ?? -1);
    }
}
