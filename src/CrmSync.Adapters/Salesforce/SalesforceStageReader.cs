using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Reads the stage field's values; where the field is the lead's status, also which of them stand for a conversion.</summary>
internal static class SalesforceStageReader
{
    private const string Status = "Status";

    public static async Task<(StageMap Map, IReadOnlyList<CrmProblem> Problems)> ReadAsync(
        CrmConnection connection, SalesforceOptions options, SalesforceClient client, SalesforceSchema schema, StageMap former, CancellationToken cancellationToken)
    {
        var fields = await schema.FieldsAsync("Lead", cancellationToken).ConfigureAwait(false);
        var converted = new HashSet<string>();
        if (options.StageField.Equals(Status, StringComparison.OrdinalIgnoreCase))
        {
            var query = SoqlQuery.Of("LeadStatus", ["ApiName"]) with { Where = SoqlCondition.Equal("IsConverted", SoqlLiteral.Of(true)) };
            converted = [.. (await new SalesforceQueries(client).AllAsync(query, cancellationToken).ConfigureAwait(false)).Select(s => s["ApiName"]).OfType<string>()];
        }
        return SalesforceStages.Resolve(connection, options, fields.GetValueOrDefault(options.StageField), converted, former);
    }
}
