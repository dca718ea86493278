using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>The people of the org, those who left included; users of flows and of other products are none.</summary>
internal sealed class SalesforceUsers(SalesforceClient client)
{
    public async Task<IReadOnlyList<CrmUser>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var ours = await client.UserIdAsync(cancellationToken).ConfigureAwait(false);
            var query = SoqlQuery.Of("User", ["Id", "Name", "IsActive"]) with { Where = SoqlCondition.Equal("UserType", SoqlLiteral.Of("Standard")), OrderBy = ["Id"] };
            var users = await new SalesforceQueries(client).AllAsync(query, cancellationToken).ConfigureAwait(false);
            return [.. users.Where(u => u.Id is { } id && !(ours is not null && SalesforceId.Same(id, ours))).Select(u => new CrmUser(u.Id!, u["IsActive"] != "false", u["Name"]))];
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return [];
        }
    }
}
