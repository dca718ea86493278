namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Ties tasks and notes to their contacts by the default association, which may be made again and again. A batch refused as a
/// whole is halved until the one to blame stands alone.
/// </summary>
internal sealed class HubSpotActivityTies(HubSpotClient client)
{
    public async Task TieAsync(
        string type, IReadOnlyList<(LeadActivity Row, string Id)> made, IDictionary<string, ActivityResult> results, CancellationToken cancellationToken)
    {
        if (made.Count == 0)
            return;
        var error = await RefusalAsync(type, made, cancellationToken).ConfigureAwait(false);
        if (error is null)
        {
            foreach (var (row, _) in made)
                results[row.Key] = new(row.Key, WriteOutcome.Applied);
        }
        else if (made.Count == 1)
        {
            var outcome = error.Category == "OBJECT_NOT_FOUND" ? WriteOutcome.Gone : WriteOutcome.Refused;
            results[made[0].Row.Key] = new(made[0].Row.Key, outcome, $"not tied to the lead: {HubSpotErrors.Describe(error)}");
        }
        else
        {
            await TieAsync(type, [.. made.Take(made.Count / 2)], results, cancellationToken).ConfigureAwait(false);
            await TieAsync(type, [.. made.Skip(made.Count / 2)], results, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null: all are tied.</summary>
    private async Task<HubSpotError?> RefusalAsync(string type, IReadOnlyList<(LeadActivity Row, string Id)> made, CancellationToken cancellationToken)
    {
        var ties = new HubSpotTies([.. made.Select(m => new HubSpotTie(new(m.Id), new(m.Row.LeadId)))]);
        try
        {
            var answer = await client.Api.AssociateAsync(client.Paths.Associations, type, HubSpotStreams.Contacts, ties, cancellationToken).ConfigureAwait(false);
            return answer.Errors is [var first, ..] ? first : null;
        }
        catch (CrmException e) when (HubSpotErrors.IsOfRows(e))
        {
            var error = HubSpotErrors.Of(e) ?? new(null, null, null, null, null, null, null, null, null);
            // A record that is not there is told by the status alone.
            return e.Failure == CrmFailure.NotFound ? error with { Category = "OBJECT_NOT_FOUND" } : error with { Category = error.Category ?? "VALIDATION_ERROR" };
        }
    }
}
