namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Which leads hang on a record of another kind. A deal is named by the lead that it was: that way a conversion keeps what is known of
/// the lead, and a deal that never was one is none of ours.
/// </summary>
internal sealed class PipedriveLinks(PipedriveLists lists, PipedriveShelf shelf, PipedriveConversions conversions, PipedriveTies ties)
{
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(string stream, IReadOnlyList<string> recordIds, CancellationToken cancellationToken) => stream switch
    {
        PipedriveStreams.Leads or PipedriveStreams.Archived => recordIds.Distinct().ToDictionary(id => id, id => (IReadOnlyList<string>)[id]),
        PipedriveStreams.Deals => Single(await OfDealsAsync(recordIds, cancellationToken).ConfigureAwait(false)),
        PipedriveStreams.Activities => Single(await OfActivitiesAsync(recordIds, cancellationToken).ConfigureAwait(false)),
        _ => await ties.ReadAsync(stream, recordIds, cancellationToken).ConfigureAwait(false),
    };

    private async Task<Dictionary<string, string>> OfDealsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var deals = await lists.ByIdAsync(PipedriveStreams.Deals, ids.Where(PipedriveStreams.IsDeal), PipedriveConversions.Source, cancellationToken).ConfigureAwait(false);
        foreach (var deal in deals.Values)
            conversions.Saw(deal);
        return deals.Where(d => d.Value[PipedriveConversions.Source] is not null).ToDictionary(d => d.Key, d => d.Value[PipedriveConversions.Source]!);
    }

    private async Task<Dictionary<string, string>> OfActivitiesAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var activities = await lists.ByIdAsync(PipedriveStreams.Activities, ids.Where(PipedriveStreams.IsDeal), null, cancellationToken).ConfigureAwait(false);
        foreach (var activity in activities.Values)
            shelf.Acts.Saw(activity);
        var leads = activities.Where(a => a.Value["lead_id"] is not null).ToDictionary(a => a.Key, a => a.Value["lead_id"]!);
        var onDeals = activities.Where(a => a.Value["lead_id"] is null && a.Value["deal_id"] is not null).ToDictionary(a => a.Key, a => a.Value["deal_id"]!);
        var deals = onDeals.Count == 0 ? [] : await OfDealsAsync(onDeals.Values, cancellationToken).ConfigureAwait(false);
        foreach (var (activity, deal) in onDeals)
            if (deals.TryGetValue(deal, out var lead))
                leads[activity] = lead;
        return leads;
    }

    private static Dictionary<string, IReadOnlyList<string>> Single(Dictionary<string, string> leads) => leads.ToDictionary(l => l.Key, l => (IReadOnlyList<string>)[l.Value]);
}
