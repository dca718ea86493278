using System.Xml.Linq;
using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Makes the list views by the metadata service, since the REST API makes none. The hand-over needs the right for nothing else, so
/// where it is missing, the recipe is given instead.
/// </summary>
internal sealed class SalesforceListViewSetup(CrmConnection connection, SalesforceOptions options, SalesforceClient client)
{
    private const string AsChosen = "Mapping:Options:Lists is recipe";

    public async Task<IReadOnlyList<SetupStep>> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        var views = SalesforceListViews.In(connection.Language);
        try
        {
            var known = await KnownAsync(cancellationToken).ConfigureAwait(false);
            var missing = views.Where(v => !known.Contains(v.ApiName) && !known.Contains(v.Name)).ToList();
            var made = planOnly || !options.CreatesLists || missing.Count == 0 ? [] : await CreateAsync(missing, cancellationToken).ConfigureAwait(false);
            return [.. views.Select(v => !missing.Contains(v) ? v.Step(SetupOutcome.Exists)
                : !options.CreatesLists ? v.ByHand(AsChosen)
                : planOnly ? v.Step(SetupOutcome.WouldCreate)
                : made[missing.IndexOf(v)] is { } refusal ? v.ByHand(refusal) : v.Step(SetupOutcome.Created))];
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound or CrmFailure.Transient)
        {
            return [.. views.Select(v => v.ByHand(SalesforceErrors.Describe(e)))];
        }
    }

    private async Task<IReadOnlyList<string?>> CreateAsync(List<SalesforceListView> views, CancellationToken cancellationToken)
    {
        var results = await client.MetadataAsync(new XElement(SalesforceSoap.Metadata + "createMetadata", views.Select(v => v.Definition())), cancellationToken).ConfigureAwait(false);
        return results.Count == views.Count ? results : throw new CrmException(CrmFailure.Transient, "Salesforce's answer lacks a part of what was asked.");
    }

    private async Task<IReadOnlySet<string>> KnownAsync(CancellationToken cancellationToken)
    {
        var query = SoqlQuery.Of("ListView", ["Name", "DeveloperName"]) with { Where = SoqlCondition.Equal("SobjectType", SoqlLiteral.Of("Lead")) };
        var views = await new SalesforceQueries(client).AllAsync(query, cancellationToken).ConfigureAwait(false);
        return views.SelectMany(v => new[] { v["Name"], v["DeveloperName"] }).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
