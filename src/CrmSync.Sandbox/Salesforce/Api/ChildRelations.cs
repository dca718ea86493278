using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>By what names a query reaches what hangs on a record.</summary>
internal static class ChildRelations
{
    private static readonly (string Parent, string Name, string Child, string Field)[] Known =
    [
        ("Lead", "Tasks", "Task", "WhoId"), ("Lead", "Events", "Event", "WhoId"), ("Lead", "CampaignMembers", "CampaignMember", "LeadId"),
        ("Lead", "Histories", "LeadHistory", "LeadId"), ("Lead", "Notes", "Note", "ParentId"), ("Contact", "Tasks", "Task", "WhoId"),
        ("Contact", "Events", "Event", "WhoId"), ("Contact", "CampaignMembers", "CampaignMember", "ContactId"), ("Contact", "Histories", "ContactHistory", "ContactId"),
        ("Contact", "Notes", "Note", "ParentId"), ("Contact", "OpportunityContactRoles", "OpportunityContactRole", "ContactId"),
        ("Account", "Contacts", "Contact", "AccountId"),
        ("Account", "Opportunities", "Opportunity", "AccountId"), ("Account", "Matched_Leads__r", "Lead", "Matched_Account__c"),
        ("Opportunity", "OpportunityContactRoles", "OpportunityContactRole", "OpportunityId"), ("Opportunity", "OpportunityHistories", "OpportunityHistory", "OpportunityId"),
        ("Campaign", "CampaignMembers", "CampaignMember", "CampaignId"), ("Campaign", "CampaignMemberStatuses", "CampaignMemberStatus", "CampaignId"),
    ];

    public static (string Name, RecordTable Table, FieldDefinition Field)? Find(Org org, SObjectSchema parent, string name) =>
        Known.FirstOrDefault(relation => relation.Parent == parent.Name
            && string.Equals(relation.Name, name, StringComparison.OrdinalIgnoreCase)) is { Child: { } child } found
            ? (found.Name, org.Table(child), org.Table(child).Schema.Get(found.Field))
            : null;

    public static IEnumerable<(string Name, string Child, string Field)> Of(SObjectSchema parent) =>
        Known.Where(relation => relation.Parent == parent.Name).Select(relation => (relation.Name, relation.Child, relation.Field));
}
