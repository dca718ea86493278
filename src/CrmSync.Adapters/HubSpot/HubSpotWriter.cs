using CrmSync.Adapters.Batches;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Sends writes by the hundred: stage, fields and marker of a row in one request.</summary>
internal sealed class HubSpotWriter(HubSpotClient client, HubSpotWriteAnswer answers)
{
    private const int MostInputs = 100;
    private static readonly WriteFaults Faults = new(HubSpotErrors.IsOfRows, IsOfEveryRow, HubSpotErrors.Describe);

    public Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, StageMap stages, CancellationToken cancellationToken) =>
        new WriteBatches(MostInputs, Faults, async (rows, token) =>
        {
            var answer = await SendAsync(rows, stages, token).ConfigureAwait(false);
            return await answers.ReadAsync(rows, answer, stages, token).ConfigureAwait(false);
        }).RunAsync(writes, cancellationToken);

    /// <summary>The stage goes with the fields in one request; an account that has no such stage gets the fields alone.</summary>
    private Task<HubSpotBatch> SendAsync(LeadWrite[] rows, StageMap stages, CancellationToken cancellationToken)
    {
        var inputs = rows.Select(row =>
        {
            var properties = row.Fields.ToDictionary(f => f.Key, f => f.Value ?? "");
            if (row.Step == StageStep.Clear)
                properties[HubSpotPropertyNames.Stage] = "";
            else if (HubSpotWriteAnswer.Wanted(row, stages) is { } value)
                properties[HubSpotPropertyNames.Stage] = value;
            if (row.OwnerId is { } owner)
                properties[HubSpotPropertyNames.Owner] = owner;
            return new HubSpotUpdate(row.LeadId, row.TraceId, properties);
        });
        return client.Api.BatchUpdateAsync(client.Paths.Objects, HubSpotStreams.Contacts, new([.. inputs]), cancellationToken);
    }

    /// <summary>A property that the account lacks, in every row.</summary>
    private static bool IsOfEveryRow(LeadWrite[] rows, CrmException e)
    {
        var error = HubSpotErrors.Of(e);
        var missing = HubSpotErrors.PropertiesOf(error);
        return missing.Count > 0
            && rows.All(r => missing.All(r.Fields.ContainsKey))
            && (error?.Errors ?? []).Any(d => d.Code == "PROPERTY_DOESNT_EXIST");
    }
}
