using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Reads leads, and the deals that they became, with what hangs on them. A lead that a page has just shown is not asked for again,
/// unless a write is to be guarded by it. One that became a deal answers with where it went.
/// </summary>
internal sealed class PipedriveReader(
    PipedriveLists lists, PipedriveShelf shelf, PipedriveTies ties, PipedriveConversions conversions, PipedriveAround around, PipedriveMapper mapper)
{
    public async Task<IReadOnlyList<CrmReading>> ReadAsync(IReadOnlyList<string> ids, PipedriveWish wish, CancellationToken cancellationToken)
    {
        var readings = new Dictionary<string, CrmReading>();
        string[] wanted = [.. ids.Distinct()];
        await ReadLeadsAsync([.. wanted.Where(PipedriveStreams.IsLead)], wish, readings, cancellationToken).ConfigureAwait(false);
        await ReadDealsAsync([.. wanted.Where(PipedriveStreams.IsDeal)], wish, readings, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => readings.GetValueOrDefault(id) ?? new(id, CrmReadingKind.Gone))];
    }

    private async Task ReadLeadsAsync(string[] ids, PipedriveWish wish, Dictionary<string, CrmReading> readings, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, PipedriveRecord>();
        foreach (var id in ids)
            if (shelf.Rows.Take(id) is { } row && wish.Depth is ReadDepth.Facts)
                found[id] = row;
        var denied = new Dictionary<string, string>();
        foreach (var (id, row) in await lists.LeadsAsync([.. ids.Where(id => !found.ContainsKey(id))], denied, cancellationToken).ConfigureAwait(false))
            found[id] = row;
        Deny(denied, readings);
        foreach (var (id, row) in found)
        {
            ties.Saw(row);
            conversions.SawLead(row);
            conversions.IsThere(id);
        }
        string[] missing = [.. ids.Where(id => !found.ContainsKey(id) && !denied.ContainsKey(id))];
        var deals = missing.Length == 0 ? new Dictionary<string, string>() : await conversions.FindAsync(missing, cancellationToken).ConfigureAwait(false);
        foreach (var id in missing)
            readings[id] = deals.TryGetValue(id, out var deal) ? new(id, CrmReadingKind.Moved, MovedTo: deal) : Missing(id, "The lead is not there, and a deal that it may have become does not show yet.");
        foreach (var (id, row) in found.Where(f => f.Value["is_archived"] == "true"))
            readings[id] = new(id, CrmReadingKind.Gone);
        await MapAsync(found.Where(f => !readings.ContainsKey(f.Key)), isDeal: false, wish, readings, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadDealsAsync(string[] ids, PipedriveWish wish, Dictionary<string, CrmReading> readings, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
            return;
        var denied = new Dictionary<string, string>();
        var found = await lists.ByIdAsync(PipedriveStreams.Deals, ids, PipedriveAround.OfDeals, cancellationToken, denied, isOfRecords: true).ConfigureAwait(false);
        Deny(denied, readings);
        foreach (var deal in found.Values)
            conversions.Saw(deal);
        foreach (var id in ids.Where(id => !denied.ContainsKey(id)))
        {
            if (!found.TryGetValue(id, out var deal) || deal["is_deleted"] == "true" || deal["status"] == "deleted")
                readings[id] = conversions.LeadOf(id) is { } lead ? new(id, CrmReadingKind.Moved, MovedTo: lead) : Missing(id, "The deal is not there, and a lead that it may have become again does not show yet.");
            else if (deal["is_archived"] == "true" && deal["status"] is not ("won" or "lost")) // what came of it is told all the same
                readings[id] = new(id, CrmReadingKind.Gone);
            else
                conversions.IsThere(id);
        }
        await MapAsync(found.Where(f => !readings.ContainsKey(f.Key)), isDeal: true, wish, readings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A single record that is hidden from our user is that record's trouble, and stops no other.</summary>
    private static void Deny(Dictionary<string, string> denied, Dictionary<string, CrmReading> readings)
    {
        foreach (var (id, said) in denied)
            readings[id] = new(id, CrmReadingKind.Unreadable, Reason: said);
    }

    /// <summary>Deleted, or converted into what no list shows yet: to take the one for the other would end the hand-over.</summary>
    private CrmReading Missing(string id, string reason) => conversions.MayTellYet(id)
        ? new(id, CrmReadingKind.Unreadable, Reason: reason) { IsPassing = true }
        : new(id, CrmReadingKind.Gone);

    private async Task MapAsync(
        IEnumerable<KeyValuePair<string, PipedriveRecord>> found, bool isDeal, PipedriveWish wish, Dictionary<string, CrmReading> readings, CancellationToken cancellationToken)
    {
        var records = found.ToDictionary();
        var surroundings = await around.ReadAsync(records, isDeal, wish, cancellationToken).ConfigureAwait(false);
        foreach (var record in records.Values)
            wish.Strange.UnionWith(record.CustomKeys.Where(key => !wish.Book.Knows(key)));
        foreach (var (id, record) in records)
            readings[id] = mapper.Map(record, isDeal, surroundings.GetValueOrDefault(id, PipedriveSurroundings.None), wish) with { LeadId = id };
    }
}
