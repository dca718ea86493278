using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Users who are nobody: our own and those that flows run as. A lead always has an owner, so one that an import or we made belongs
/// to a machine, and to no person who could answer.
/// </summary>
internal sealed class SalesforceMachines(SalesforceClient client)
{
    /// <summary>The type of user that flows run as.</summary>
    public const string Flows = "AutomatedProcess";

    /// <summary>The type of user that other systems' integrations run as.</summary>
    public const string Integrations = "CloudIntegrationUser";

    private volatile HashSet<string>? _ids;

    public async Task<IReadOnlySet<string>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_ids is { } known)
            return known;
        var query = SoqlQuery.Of("User", ["Id"]) with { Where = SoqlCondition.In("UserType", [Flows, Integrations]) };
        var answers = await new SalesforceQueries(client).TogetherAsync([query], cancellationToken).ConfigureAwait(false);
        var ids = (answers[0] ?? []).Select(u => u.Id).Append(await client.UserIdAsync(cancellationToken).ConfigureAwait(false)).OfType<string>();
        return _ids = [.. ids.Select(SalesforceId.Key)];
    }

    public void Forget() => _ids = null;
}
