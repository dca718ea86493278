using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>The stages of an account in their order: HubSpot's eight, and customs whose value is a number of that account.</summary>
internal static class LifecycleStages
{
    public const string Property = "lifecyclestage";
    public const string ContactsPipeline = "contacts-lifecycle-pipeline";
    public const string SalLabel = "Sales Accepted Lead";

    private static readonly (string Value, string Label)[] Defaults =
    [
        ("subscriber", "Subscriber"), ("lead", "Lead"), ("marketingqualifiedlead", "Marketing Qualified Lead"), ("salesqualifiedlead", "Sales Qualified Lead"),
        ("opportunity", "Opportunity"), ("customer", "Customer"), ("evangelist", "Evangelist"), ("other", "Other"),
    ];

    /// <summary>The stages that have a "Became a ... Date" property of the old kind.</summary>
    public static bool IsDefault(string stage) => Defaults.Any(known => known.Value == stage);

    public static IReadOnlyList<PropertyOption> Options(HubSpotSwitches switches, int seed, long portalId)
    {
        var stages = Defaults.ToList();
        if (switches.SalStage)
        {
            stages.Insert(3, (CustomValue(seed, $"{portalId}/sal"), SalLabel));
        }

        return [.. stages.Select((stage, order) => new PropertyOption(stage.Value, stage.Label, order))];
    }

    /// <summary>The value of a custom stage: digits that nobody can guess from the label.</summary>
    public static string CustomValue(int seed, string key) =>
        (51_000_000 + KeyedRandom.Below(120_000_000, seed, "stage/" + key)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>HubSpot's value for a canonical stage name; a value of its own passes through.</summary>
    public static string? Resolve(string stage, PropertyDefinition definition)
    {
        var value = stage.ToUpperInvariant() switch
        {
            "LEAD" => "lead",
            "MARKETINGQUALIFIED" or "MQL" => "marketingqualifiedlead",
            "SALESACCEPTED" or "SAL" => definition.Options.FirstOrDefault(option => option.Label == SalLabel)?.Value ?? "",
            "SALESQUALIFIED" or "SQL" => "salesqualifiedlead",
            "OPPORTUNITY" => "opportunity",
            "CUSTOMER" => "customer",
            _ => definition.Options.FirstOrDefault(option => option.Value == stage || option.Label == stage)?.Value ?? "",
        };
        return definition.Option(value)?.Value;
    }
}
