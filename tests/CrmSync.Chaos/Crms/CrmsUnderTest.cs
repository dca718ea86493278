namespace CrmSync.Chaos.Crms;

/// <summary>The CRMs on which runs are played, by name.</summary>
internal static class CrmsUnderTest
{
    public static IReadOnlyDictionary<string, CrmUnderTest> All { get; } =
        new CrmUnderTest[] { new HubSpotUnderTest(), new SalesforceUnderTest(), new PipedriveUnderTest() }.ToDictionary(crm => crm.Name);
}
