using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>The properties that a new account has, stage dates included.</summary>
internal static class PortalSchemas
{
    public static Dictionary<ObjectType, TypeSchema> Build(long portalId, int seed, HubSpotSwitches switches, IReadOnlyList<Pipeline> pipelines)
    {
        var stages = LifecycleStages.Options(switches, seed, portalId);
        IReadOnlyList<PropertyOption> Named(string name) => name switch
        {
            "lifecycle" => stages,
            "pipelines" => [.. pipelines.Select(pipeline => new PropertyOption(pipeline.Id, pipeline.Label, pipeline.DisplayOrder))],
            "stages" => DealStages(pipelines),
            _ => [],
        };

        return ObjectType.All.ToDictionary(type => type, type =>
        {
            var definitions = DefinitionFile.Read(type, Named);
            var hasStages = definitions.Any(definition => definition.Name == LifecycleStages.Property);
            return new TypeSchema(type, hasStages ? definitions.Concat(stages.SelectMany(stage => StageDates(definitions[0].GroupName, stage))) : definitions);
        });
    }

    public static IReadOnlyList<PropertyOption> DealStages(IReadOnlyList<Pipeline> pipelines) =>
        [.. pipelines.SelectMany(pipeline => pipeline.Stages).Select(stage => new PropertyOption(stage.Id, stage.Label, stage.DisplayOrder))];

    /// <summary>The dates that HubSpot works out for a stage.</summary>
    public static IEnumerable<PropertyDefinition> StageDates(string group, PropertyOption stage)
    {
        yield return StageDate(group, $"hs_v2_date_entered_{stage.Value}", $"Date entered \"{stage.Label}\"");
        yield return StageDate(group, $"hs_v2_date_exited_{stage.Value}", $"Date exited \"{stage.Label}\"");
        if (LifecycleStages.IsDefault(stage.Value))
        {
            yield return StageDate(group, $"hs_lifecyclestage_{stage.Value}_date", $"Became a {stage.Label} Date");
            yield return StageDate(group, $"hs_date_entered_{stage.Value}", $"Date entered '{stage.Label}'");
        }
    }

    private static PropertyDefinition StageDate(string group, string name, string label) => new()
    {
        Name = name,
        Label = label,
        Type = "datetime",
        FieldType = "date",
        GroupName = group,
        IsReadOnly = true,
        IsCalculated = true,
        IsHubSpotDefined = true,
    };
}
