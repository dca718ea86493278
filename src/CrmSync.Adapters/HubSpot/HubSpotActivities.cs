using CrmSync.Adapters.Batches;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Sends tasks and notes by the hundred, and reads them back. By which key they are known is asked once for each type.</summary>
internal sealed class HubSpotActivities(HubSpotClient client, HubSpotActivityKeys keys)
{
    private const int MostInputs = 100;
    private readonly HubSpotKeyedActivities _keyed = new(client);
    private readonly HubSpotMarkedActivities _marked = new(client);

    public async Task<IReadOnlyList<ActivityResult>> PutAsync(IReadOnlyList<LeadActivity> activities, CancellationToken cancellationToken)
    {
        var results = new Dictionary<string, ActivityResult>();
        // What is to be made comes before what only changes.
        foreach (var rows in activities.GroupBy(a => (a.Kind, a.ChangesOnly)).OrderBy(g => g.Key.ChangesOnly).SelectMany(g => g.Chunk(MostInputs)))
        {
            try
            {
                await PutAsync(rows, results, cancellationToken).ConfigureAwait(false);
            }
            catch (CrmException e) when (e.OutcomeUnknown || e.Failure == CrmFailure.Refused || results.Count > 0)
            {
                ActivityBatches.Settle(rows, e.OutcomeUnknown ? WriteOutcome.Unknown : WriteOutcome.NotSent, HubSpotErrors.Describe(e), results);
                ActivityBatches.Settle(activities, WriteOutcome.NotSent, HubSpotErrors.Describe(e), results);
                break;
            }
        }
        return [.. activities.Select(a => results[a.Key])];
    }

    public async Task<IReadOnlyList<ActivityReading>> ReadAsync(IReadOnlyList<ActivityRef> activities, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, HubSpotObject>();
        foreach (var refs in activities.Distinct().GroupBy(a => a.Kind).SelectMany(g => g.Chunk(MostInputs)))
        {
            var type = HubSpotActivityKeys.TypeOf(refs[0].Kind);
            var records = await keys.AreInPropertyAsync(type, cancellationToken).ConfigureAwait(false)
                ? await _keyed.FindAsync(type, refs.Select(r => r.Key), cancellationToken).ConfigureAwait(false)
                : await _marked.FindAsync(type, refs, cancellationToken).ConfigureAwait(false);
            foreach (var (key, record) in records)
                found[key] = record;
        }
        return [.. activities.Select(a => Reading(a.Key, found.GetValueOrDefault(a.Key)))];
    }

    private async Task PutAsync(LeadActivity[] rows, Dictionary<string, ActivityResult> results, CancellationToken cancellationToken)
    {
        var type = HubSpotActivityKeys.TypeOf(rows[0].Kind);
        if (await keys.AreInPropertyAsync(type, cancellationToken).ConfigureAwait(false))
            await _keyed.PutAsync(type, rows, results, cancellationToken).ConfigureAwait(false);
        else
            await _marked.PutAsync(type, rows, results, cancellationToken).ConfigureAwait(false);
    }

    private static ActivityReading Reading(string key, HubSpotObject? record) => new(
        key, record is not null, record?[HubSpotActivityProperties.Status] == HubSpotActivityProperties.Completed, record?[HubSpotPropertyNames.Owner]);
}
