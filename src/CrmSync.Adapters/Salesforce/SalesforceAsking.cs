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
        var deal = await SeenAsync("Opportunity", cancellationToken).ConfigureAwait(false);
        var seesDeals = !plan.IsContact || SalesforceDeals.AreTold(deal);
        if (plan.IsContact)
        {
            var lead = await SeenAsync("Lead", cancellationToken).ConfigureAwait(false);
            string[] frozen = [.. seesDeals && lead("ConvertedOpportunityId") ? SalesforceDeals.OfConversion(deal) : [], .. SalesforceMapper.Words.Prepend(options.StageField).Where(lead)];
            asked.Add((SalesforcePart.Converted, Converted(ids, frozen)));
            if (seesDeals)
                asked.Add((SalesforcePart.Roles, Roles(ids, deal)));
        }
        if (depth.HasFacts())
        {
            var (members, campaigns) = (await SeenAsync("CampaignMember", cancellationToken).ConfigureAwait(false), await SeenAsync("Campaign", cancellationToken).ConfigureAwait(false));
            var (tasks, events) = (await SeenAsync("Task", cancellationToken).ConfigureAwait(false), await SeenAsync("Event", cancellationToken).ConfigureAwait(false));
            asked.AddRange([(SalesforcePart.Members, SalesforceCampaigns.Query(plan.IsContact, ids, members, campaigns)),
                (SalesforcePart.Tasks, SalesforceContacts.Tasks(ids, tasks)), (SalesforcePart.Events, SalesforceContacts.Events(ids, events))]);
        }
        if (depth.HasHistory())
            asked.Add((SalesforcePart.History, SalesforceHistory.Query(plan.IsContact, ids, options.StageField)));
        var answers = await _queries.TogetherAsync([.. asked.Select(a => a.Query)], cancellationToken).ConfigureAwait(false);
        var parts = asked.Zip(answers).ToDictionary(p => p.First.Part, p => p.Second);
        return parts[SalesforcePart.Records] is null
            ? throw SalesforceErrors.Of(400, [new(SalesforceErrors.FieldUnknown, null, null, null)])
            : new(parts, plan.IsContact, seesDeals, options.StageField, user);
    }

    /// <summary>Whether our user sees a field of that kind of record: a hidden one spoils the query of what hangs on a lead, and would hide it all.</summary>
    private async Task<Func<string, bool>> SeenAsync(string type, CancellationToken cancellationToken) =>
        (await schema.FieldsAsync(type, cancellationToken).ConfigureAwait(false)).ContainsKey;

    private static SoqlQuery Records(string[] ids, SalesforceFieldPlan plan, ReadDepth depth) =>
        SoqlQuery.Of(plan.Object, plan.Fields(depth)) with { WithDeleted = true, Where = In("Id", ids) };

    /// <summary>What was merged into them.</summary>
    private static SoqlQuery Merged(string[] ids, SalesforceFieldPlan plan) => SoqlQuery.Of(plan.Object, ["Id", "MasterRecordId", SalesforceStreams.Stamp]) with
    {
        WithDeleted = true,
        Where = All(In("MasterRecordId", ids), Equal("IsDeleted", SoqlLiteral.Of(true))),
    };

    /// <summary>The leads that became these contacts, each as it was frozen then; one that somebody cleared away since, too.</summary>
    private static SoqlQuery Converted(string[] ids, string[] frozen) => SoqlQuery.Of("Lead", ["Id", "ConvertedContactId", "ConvertedDate", "CreatedDate", SalesforceStreams.Stamp, .. frozen]) with
    {
        WithDeleted = true,
        Where = All(In("ConvertedContactId", ids), Equal("IsConverted", SoqlLiteral.Of(true))),
    };

    private static SoqlQuery Roles(string[] ids, Func<string, bool> deal) => SoqlQuery.Of("OpportunityContactRole", ["Id", "ContactId", .. SalesforceDeals.OfRole(deal)]) with { Where = In("ContactId", ids) };
}
