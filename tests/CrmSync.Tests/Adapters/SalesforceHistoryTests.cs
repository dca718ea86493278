using CrmSync.Adapters;
using CrmSync.Adapters.Salesforce;
using CrmSync.Leads;

namespace CrmSync.Tests.Adapters;

/// <summary>What a row of a record's history says of who made a change, and what set-up makes of an org's own fields.</summary>
public sealed class SalesforceHistoryTests
{
    [Theory]
    [InlineData("Standard", ChangeActorKind.Person)]
    [InlineData("AutomatedProcess", ChangeActorKind.Workflow)]
    [InlineData("CloudIntegrationUser", ChangeActorKind.Automation)]
    [InlineData(null, ChangeActorKind.Person)]
    public void Only_people_answer_in_writing(string? type, ChangeActorKind kind)
    {
        var row = new SalesforceRecord
        {
            ["Id"] = "017AA0000000001AAA", ["Field"] = "crmsync_decision__c", ["NewValue"] = "accept", ["CreatedDate"] = "2026-01-05T08:00:00.000+0000",
            ["CreatedById"] = SalesforceHarness.Rep, ["CreatedBy.UserType"] = type,
        };

        Assert.Equal(kind, new SalesforceHistory([row], SalesforceHarness.Us).Of("crmsync_decision__c", null).Single().Actor.Kind);
    }

    [Fact]
    public void A_contacts_stage_takes_what_the_leads_takes()
    {
        var own = new SalesforceField("Funnel__c", "Funnel", "picklist", true, false, false, [new("F1", "First", true), new("F2", null, true), new("F3", "Old", false)]);
        var connection = SalesforceHarness.With(("StageField", "Funnel__c"));

        var made = SalesforceFieldDefinitions.Of(connection, new(connection), own).Where(f => f.Name == "Funnel__c").Select(f => f.Metadata.ToJsonString()).ToList();

        Assert.Equal(2, made.Count);
        Assert.All(made, text => Assert.True(text.Contains("\"F1\"", StringComparison.Ordinal) && text.Contains("\"F2\"", StringComparison.Ordinal) && !text.Contains("F3", StringComparison.Ordinal) && !text.Contains("SAL", StringComparison.Ordinal)));
    }
}
