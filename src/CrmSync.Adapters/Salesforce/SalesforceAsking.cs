using CrmSync.Adapters.Salesforce.Soql;
using static CrmSync.Adapters.Salesforce.Soql.SoqlCondition;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Puts together what is asked of some leads or contacts, and sorts what comes back.</summary>
internal sealed class SalesforceAsking(SalesforceClient client, SalesforceSchema schema, SalesforceOptions options)
{
    private readonly SalesforceQueries _queries = new(client);

    public async Task<SalesforceAnswer> AskAsync(string[] ids, SalesforceFieldPlan plan, ReadDepth depth, string? user, CancellationToken cancellationToken)
    {
        List<(SalesforcePart Part, SoqlQuery Query)> asked = [(SalesforcePart.Records, Records(ids, plan, depth)), (SalesforcePart.Merged, Merged(ids, plan))];
        if (plan.IsContact)
            asked.AddRange([(SalesforcePart.Converted, Converted(ids)), (SalesforcePart.Roles, Roles(ids))]);
        if (depth.HasFacts())
        {
            var lastResponse = await schema.HasAsync("CampaignMember", SalesforceCampaigns.LastResponse, cancellationToken).ConfigureAwait(false);
            var completed = await schema.HasAsync("Task", "CompletedDateTime", cancellationToken).ConfigureAwait(false);
            asked.AddRange([(SalesforcePart.Members, SalesforceCampaigns.Query(plan.IsContact, ids, lastResponse)),
                (SalesforcePart.Tasks, SalesforceContacts.Tasks(ids, completed)), (SalesforcePart.Events, SalesforceContacts.Events(ids))]);
        }
        if (depth.HasHistory())
            asked.Add((SalesforcePart.History, SalesforceHistory.Query(plan.IsContact, ids, options.StageField, isNarrow: !depth.HasFacts())));
        var answers = await _queries.TogetherAsync([.. asked.Select(a => a.Query)], cancellationToken).ConfigureAwait(false);
        var parts = asked.Zip(answers).ToDictionary(p => p.First.Part, p => p.Second);
        return parts[SalesforcePart.Records] is null
            ? throw SalesforceErrors.Of(400, [new(SalesforceErrors.FieldUnknown, null, null, null)])
            : new(parts, plan.IsContact, user);
    }

    private static SoqlQuery Records(string[] ids, SalesforceFieldPlan plan, ReadDepth depth) =>
        SoqlQuery.Of(plan.Object, plan.Fields(depth)) with { WithDeleted = true, Where = In("Id", ids) };

    /// <summary>What was merged into them.</summary>
    private static SoqlQuery Merged(string[] ids, SalesforceFieldPlan plan) => SoqlQuery.Of(plan.Object, ["Id", "MasterRecordId"]) with
    {
        WithDeleted = true,
        Where = All(In("MasterRecordId", ids), Equal("IsDeleted", SoqlLiteral.Of(true))),
    };

    /// <summary>The leads that became these contacts, each with the opportunity of its conversion.</summary>
    private static SoqlQuery Converted(string[] ids) => SoqlQuery.Of("Lead", ["Id", "ConvertedContactId", .. SalesforceDeals.OfConversion]) with
    {
        Where = All(In("ConvertedContactId", ids), Equal("IsConverted", SoqlLiteral.Of(true))),
    };

    private static SoqlQuery Roles(string[] ids) => SoqlQuery.Of("OpportunityContactRole", ["Id", "ContactId", .. SalesforceDeals.OfRole]) with { Where = In("ContactId", ids) };
}
