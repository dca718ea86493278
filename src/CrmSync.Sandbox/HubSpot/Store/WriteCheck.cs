using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>Written values, checked: those in their kept form, and all that is wrong with the others.</summary>
internal sealed record WriteCheck(Dictionary<string, string> Values, IReadOnlyList<ValueProblem> Problems)
{
    /// <summary>Checks a write through the API; <paramref name="record"/> is null for a create.</summary>
    public static WriteCheck Of(Portal portal, ObjectType type, IReadOnlyDictionary<string, string?> written, HubSpotRecord? record)
    {
        var schema = portal.Schema(type);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<ValueProblem>();
        foreach (var (name, raw) in written)
        {
            var value = raw ?? "";
            if (Problem(portal, schema, name, ref value) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                values[name] = value;
            }
        }

        if (values.TryGetValue(LifecycleStages.Property, out var stage))
        {
            problems.AddRange(StageProblems(portal, type, values, record, stage));
        }

        return new WriteCheck(values, problems);
    }

    private static ValueProblem? Problem(Portal portal, TypeSchema schema, string name, ref string value)
    {
        var definition = schema.Find(name);
        if (definition is null)
        {
            return new ValueProblem(name, "PROPERTY_DOESNT_EXIST", $"Property \"{name}\" does not exist");
        }

        if (definition.IsReadOnly)
        {
            return new ValueProblem(name, "READ_ONLY_VALUE", $"\"{name}\" is a read only property; its value cannot be set.");
        }

        if (name != "hubspot_owner_id")
        {
            return ValueRules.Check(definition, ref value);
        }

        return value.Length == 0 || portal.MayOwn(value)
            ? null
            : new ValueProblem(name, "INVALID_OWNER_ID", $"Owner {value} does not exist");
    }

    private static IEnumerable<ValueProblem> StageProblems(
        Portal portal, ObjectType type, Dictionary<string, string> values, HubSpotRecord? record, string stage)
    {
        if (record is not null && portal.Switches.BackwardWrite == "400" && LifecycleRule.IsBackward(portal, record, stage))
        {
            yield return new ValueProblem(LifecycleStages.Property, "INVALID_LIFECYCLE_STAGE", "The lifecycle stage cannot be moved backwards");
        }

        // Rules that the customer set in the account hold for API writes since 2026-09, so a stage can fail over another property.
        foreach (var required in type == ObjectType.Contact ? portal.Switches.RequiredForStage.GetValueOrDefault(stage) ?? [] : [])
        {
            if (values.GetValueOrDefault(required, record?.State.Values.Get(required) ?? "").Length == 0)
            {
                yield return new ValueProblem(required, "REQUIRED_PROPERTY", $"Property \"{required}\" is required for {LifecycleStages.Property} {stage}");
            }
        }
    }
}
