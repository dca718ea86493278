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
        PipedriveStreams.Activities => await OfActivitiesAsync(recordIds, cancellationToken).ConfigureAwait(false),
        _ => await ties.ReadAsync(stream, recordIds, cancellationToken).ConfigureAwait(false),
    };

    private async Task<Dictionary<string, string>> OfDealsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var deals = await VisibleAsync(PipedriveStreams.Deals, ids.Where(PipedriveStreams.IsDeal), PipedriveConversions.Source, cancellationToken).ConfigureAwait(false);
        foreach (var deal in deals.Values)
            conversions.Saw(deal);
        return deals.Where(d => d.Value[PipedriveConversions.Source] is not null).ToDictionary(d => d.Key, d => d.Value[PipedriveConversions.Source]!);
    }

    /// <summary>An event has named what its activity hangs on, which saves asking for it.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfActivitiesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var id in ids.Where(PipedriveStreams.IsDeal).Distinct())
            if (shelf.ToldOf(id) is { } told)
                owners[id] = told;
        foreach (var (id, activity) in await VisibleAsync(PipedriveStreams.Activities, ids.Where(id => PipedriveStreams.IsDeal(id) && !owners.ContainsKey(id)), null, cancellationToken).ConfigureAwait(false))
        {
            shelf.Acts.Saw(activity);
            if ((activity["lead_id"] ?? activity["deal_id"]) is { } owner)
                owners[id] = [owner];
        }
        string[] deals = [.. owners.Values.SelectMany(o => o).Where(PipedriveStreams.IsDeal)];
        var former = deals.Length == 0 ? [] : await OfDealsAsync(deals, cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
            shelf.Followed(id);
        return owners.Select(o => (o.Key, Leads: (IReadOnlyList<string>)[.. o.Value.Select(id => PipedriveStreams.IsLead(id) ? id : former.GetValueOrDefault(id)).OfType<string>().Distinct()]))
            .Where(o => o.Leads.Count > 0).ToDictionary(o => o.Key, o => o.Leads);
    }

    /// <summary>Who made a webhook may see more than our user: what is hidden from us is none of ours, and holds nothing else up.</summary>
    private async Task<Dictionary<string, PipedriveRecord>> VisibleAsync(string list, IEnumerable<string> ids, string? include, CancellationToken cancellationToken)
    {
        try
        {
            return await lists.ByIdAsync(list, ids, include, cancellationToken, denied: []).ConfigureAwait(false);
        }
        catch (CrmException e) when (PipedriveErrors.IsOfRights(e))
        {
            return [];
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Single(Dictionary<string, string> leads) => leads.ToDictionary(l => l.Key, l => (IReadOnlyList<string>)[l.Value]);
}
