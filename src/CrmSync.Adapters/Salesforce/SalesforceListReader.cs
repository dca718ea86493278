using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Reads who is in a campaign: of Salesforce's lists the one that keeps its members by name.</summary>
internal sealed class SalesforceListReader(SalesforceClient client)
{
    private const string Campaign = "701";

    /// <exception cref="CrmException">It is no campaign's id, or there is none.</exception>
    public async Task<IReadOnlySet<string>> ReadAsync(string listId, CancellationToken cancellationToken)
    {
        if (!SalesforceId.IsValid(listId) || !listId.StartsWith(Campaign, StringComparison.Ordinal))
            throw new CrmException(CrmFailure.NotFound, "The list is no campaign: only the members of campaigns can be read.") { Repair = "Name a campaign's id, which begins with 701." };
        var queries = new SalesforceQueries(client);
        var campaign = await queries.AllAsync(SoqlQuery.Of("Campaign", ["Id"]) with { Where = SoqlCondition.Equal("Id", SoqlLiteral.Of(listId)) }, cancellationToken).ConfigureAwait(false);
        if (campaign.Count == 0)
            throw new CrmException(CrmFailure.NotFound, "There is no such campaign.");
        var query = SoqlQuery.Of("CampaignMember", ["Id", "LeadId", "ContactId"]) with { Where = SoqlCondition.Equal("CampaignId", SoqlLiteral.Of(listId)) };
        var members = await queries.AllAsync(query, cancellationToken).ConfigureAwait(false);
        return members.SelectMany(m => new[] { m["LeadId"], m["ContactId"] }).OfType<string>().ToHashSet();
    }
}
