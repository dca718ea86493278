using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>HubSpot's upper-case industry values for the words that a scenario uses.</summary>
internal static class IndustryOptions
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["software"] = "COMPUTER_SOFTWARE",
        ["electronics"] = "ELECTRICAL_ELECTRONIC_MANUFACTURING",
        ["metal"] = "MINING_METALS",
        ["food"] = "FOOD_PRODUCTION",
        ["it"] = "INFORMATION_TECHNOLOGY_AND_SERVICES",
        ["finance"] = "FINANCIAL_SERVICES",
        ["education"] = "HIGHER_EDUCATION",
        ["healthcare"] = "HOSPITAL_HEALTH_CARE",
        ["consulting"] = "MANAGEMENT_CONSULTING",
        ["transport"] = "TRANSPORTATION_TRUCKING_RAILROAD",
    };

    /// <summary>A word without a value of its own is kept as it is, as an import would.</summary>
    public static string Resolve(string industry, TypeSchema companies)
    {
        var value = Aliases.GetValueOrDefault(industry) ?? industry.ToUpperInvariant().Replace(' ', '_');
        return companies.Find("industry")?.Option(value)?.Value ?? industry;
    }
}
