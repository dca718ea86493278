using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>What a record cannot be made without.</summary>
internal static class RequiredProperties
{
    public static ValueProblem? Missing(ObjectType type, IReadOnlyDictionary<string, string> values)
    {
        string[] oneOf = type switch
        {
            _ when type == ObjectType.Contact => ["email", "firstname", "lastname"],
            _ when type == ObjectType.Company => ["name", "domain"],
            _ when type == ObjectType.Deal => ["dealname"],
            _ => ["hs_timestamp"],
        };
        if (!oneOf.Any(name => values.GetValueOrDefault(name, "").Length > 0))
        {
            return Problem(oneOf);
        }

        return type == ObjectType.Deal && values.GetValueOrDefault("dealstage", "").Length == 0 ? Problem(["dealstage"]) : null;
    }

    private static ValueProblem Problem(string[] names) =>
        new(names[0], "REQUIRED_PROPERTIES_MISSING", $"Some required properties were not set: one of [{string.Join(", ", names)}]");
}
