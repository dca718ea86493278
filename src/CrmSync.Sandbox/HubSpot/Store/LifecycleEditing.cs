using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>What an administrator does to the lifecycle of an account.</summary>
internal static class LifecycleEditing
{
    private static readonly ObjectType[] Staged = [ObjectType.Contact, ObjectType.Company];

    /// <summary>Adds a stage at a place, for contacts and companies alike, with its date properties.</summary>
    public static void AddStage(Portal portal, PropertyOption stage)
    {
        foreach (var type in Staged)
        {
            var schema = portal.Schema(type);
            var lifecycle = schema.Find(LifecycleStages.Property)!;
            var later = lifecycle.Options.Select(option => option.DisplayOrder >= stage.DisplayOrder ? option with { DisplayOrder = option.DisplayOrder + 1 } : option);
            schema.Put(lifecycle with { Options = [.. later.Append(stage).OrderBy(option => option.DisplayOrder)] });
            foreach (var date in PortalSchemas.StageDates(lifecycle.GroupName, stage))
            {
                schema.Put(date);
            }
        }
    }

    /// <summary>Adds or takes out the stage "Sales Accepted Lead" as the switch says.</summary>
    public static void KeepSalStage(Portal portal)
    {
        var options = LifecycleStages.Options(portal.Switches with { SalStage = true }, portal.Seed, portal.Id);
        var sal = options.First(option => option.Label == LifecycleStages.SalLabel);
        var isThere = portal.Schema(ObjectType.Contact).Find(LifecycleStages.Property)!.Option(sal.Value) is not null;
        if (portal.Switches.SalStage && !isThere)
        {
            AddStage(portal, sal);
        }
        else if (!portal.Switches.SalStage && isThere)
        {
            foreach (var schema in Staged.Select(portal.Schema))
            {
                var lifecycle = schema.Find(LifecycleStages.Property)!;
                schema.Put(lifecycle with { Options = [.. lifecycle.Options.Where(option => option.Value != sal.Value)] });
            }
        }
    }
}
