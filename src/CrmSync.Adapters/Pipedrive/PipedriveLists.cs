using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Reads lists and records of both versions of the API, the cheapest way that the number allows.</summary>
/// <param name="together">So many records alone are asked for side by side, at most.</param>
internal sealed class PipedriveLists(PipedriveClient client, int together)
{
    /// <summary>So many records alone cost as much as a page.</summary>
    private const int Few = PipedriveCosts.Page;
    private const int MostIds = 100;
    private const int MostMoved = 50;
    private readonly PipedriveHidden _hidden = new();

    /// <summary>Whether more of a first-version list follows a page, wherever it says so, or else by its length.</summary>
    public static bool HasMore(PipedrivePage page, int limit) =>
        page.AdditionalData?.Pagination?.MoreItemsInCollection ?? page.AdditionalData?.MoreItemsInCollection ?? (page.Data?.Count ?? 0) >= limit;

    /// <summary>At which row a page of a first-version list begins; null where it does not say.</summary>
    public static int? StartOf(PipedrivePage page) => page.AdditionalData?.Pagination?.Start ?? page.AdditionalData?.Start;

    /// <summary>All pages of a list of the second version, up to a number of records.</summary>
    public async Task<List<PipedriveRecord>> AllAsync(string list, PipedriveQuery query, int most, CancellationToken cancellationToken)
    {
        var (records, stuck) = (new List<PipedriveRecord>(), new PipedriveCircle());
        while (true)
        {
            var page = await client.Api.ListAsync(PipedrivePaths.V2, list, query, cancellationToken).ConfigureAwait(false);
            records.AddRange(PipedriveClient.Records(page));
            query = query with { Cursor = page.AdditionalData?.NextCursor };
            if (query.Cursor is null || records.Count >= most)
                return records;
            stuck.Pass(records);
        }
    }

    /// <summary>
    /// Records of the second version by their ids; those that are not there are left out. Lists show deleted deals where they are asked
    /// to, and archived ones nowhere but in a list of their own, which knows nothing of ids and costs as much as twenty of them alone.
    /// </summary>
    /// <param name="denied">Takes in those that our user has no right to, with what Pipedrive says; null: one of them fails all.</param>
    /// <param name="isOfRecords">Where all are denied the list is looked at, before it is taken for a right that was lost.</param>
    public async Task<Dictionary<string, PipedriveRecord>> ByIdAsync(
        string list, IEnumerable<string> ids, string? include, CancellationToken cancellationToken, Dictionary<string, string>? denied = null, bool isOfRecords = false)
    {
        string[] wanted = [.. ids.Distinct()];
        if (wanted.Length < Few)
            return await AloneAsync(wanted, One, denied, isOfRecords ? list : null, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, PipedriveRecord>();
        var isOfDeals = list == PipedriveStreams.Deals;
        foreach (var some in wanted.Chunk(MostIds))
        {
            var query = new PipedriveQuery { Ids = string.Join(',', some), IncludeFields = include, Status = isOfDeals ? PipedriveStreams.AllStatuses : null };
            foreach (var record in await AllAsync(list, query, MostIds, cancellationToken).ConfigureAwait(false))
                found[record.Id!] = record;
        }
        if (isOfDeals)
            foreach (var (id, record) in await AloneAsync([.. wanted.Where(id => !found.ContainsKey(id))], One, denied, isOfRecords ? list : null, cancellationToken).ConfigureAwait(false))
                found[id] = record;
        return found;

        Task<PipedriveOne> One(string id) => client.Api.OneAsync(PipedrivePaths.V2, list, id, include, cancellationToken);
    }

    /// <summary>Leads by their ids: there is no list of some.</summary>
    /// <param name="denied">Takes in those that our user has no right to, with what Pipedrive says.</param>
    public Task<Dictionary<string, PipedriveRecord>> LeadsAsync(IReadOnlyList<string> ids, Dictionary<string, string> denied, CancellationToken cancellationToken) =>
        AloneAsync(ids, id => client.Api.LeadAsync(client.Paths.V1, id, cancellationToken), denied, PipedriveStreams.Leads, cancellationToken);

    /// <summary>
    /// Where the next page of a first-version list begins: a little before this one's end, since the places of all move up when leads
    /// in front of them are converted or put aside meanwhile.
    /// </summary>
    public static int Behind(int start, int count) => start + count - Math.Min(MostMoved, count / 10);

    /// <summary>A page of all leads in the order in which they were made, and where the next one begins; null behind the last.</summary>
    public async Task<(List<PipedriveRecord> Leads, int? Next)> LeadsFromAsync(int start, int limit, CancellationToken cancellationToken)
    {
        var page = await client.Api.LeadsAsync(client.Paths.V1, PipedriveStreams.Leads, null, "add_time", null, null, start, limit, cancellationToken).ConfigureAwait(false);
        return (PipedriveClient.Records(page), HasMore(page, limit) && page.Data is { Count: > 0 and var count } ? Behind(start, count) : null);
    }

    /// <summary>All leads of a person or an organisation.</summary>
    public async Task<List<PipedriveRecord>> LeadsOfAsync(string? person, string? organization, int limit, CancellationToken cancellationToken)
    {
        var (records, stuck) = (new List<PipedriveRecord>(), new PipedriveCircle());
        for (var start = 0; ;)
        {
            var page = await client.Api.LeadsAsync(client.Paths.V1, PipedriveStreams.Leads, null, null, person, organization, start, limit, cancellationToken).ConfigureAwait(false);
            if (StartOf(page) is { } told && told != start)
                throw new CrmException(CrmFailure.Transient, "Pipedrive gave another page of a list than it was asked for.");
            records.AddRange(PipedriveClient.Records(page));
            if (!HasMore(page, limit) || page.Data is not { Count: > 0 and var count })
                return records;
            stuck.Pass(records);
            start += count;
        }
    }

    /// <summary>Who is denied every one of several has lost a right, which is no single record's matter, unless the list still shows others.</summary>
    /// <param name="list">The list that would show them; null: it is not looked at.</param>
    private async Task<Dictionary<string, PipedriveRecord>> AloneAsync(
        IReadOnlyList<string> ids, Func<string, Task<PipedriveOne>> ask, Dictionary<string, string>? denied, string? list, CancellationToken cancellationToken)
    {
        var (found, denials) = (new Dictionary<string, PipedriveRecord>(), new List<CrmException>());
        foreach (var some in ids.Chunk(together))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = await Task.WhenAll(some.Select(id => OneAsync(ask(id), mayBeDenied: denied is not null))).ConfigureAwait(false);
            foreach (var (id, (record, denial)) in some.Zip(answers))
            {
                if (record is not null)
                    found[id] = record;
                if (denial is not null && denied!.TryAdd(id, $"{denial.Message} {denial.Repair}".TrimEnd()))
                    denials.Add(denial);
            }
        }
        if (denials.Count <= 1 || denials.Count < ids.Count || (list is not null && _hidden.MayBe(ids) && await ShowsAnyAsync(list, cancellationToken).ConfigureAwait(false)))
            return found;
        throw denials[0];
    }

    /// <summary>Two leads that somebody hid from our user must not hold all others up. Costs as much as a page.</summary>
    private async Task<bool> ShowsAnyAsync(string list, CancellationToken cancellationToken)
    {
        try
        {
            return list == PipedriveStreams.Leads
                ? (await LeadsFromAsync(0, 1, cancellationToken).ConfigureAwait(false)).Leads.Count > 0
                : (await AllAsync(list, new() { Limit = 1 }, 1, cancellationToken).ConfigureAwait(false)).Count > 0;
        }
        catch (CrmException e) when (PipedriveErrors.IsOfRights(e))
        {
            return false;
        }
    }

    private static async Task<(PipedriveRecord? Record, CrmException? Denial)> OneAsync(Task<PipedriveOne> asked, bool mayBeDenied)
    {
        try
        {
            return (await PipedriveClient.FindAsync(asked).ConfigureAwait(false), null);
        }
        catch (CrmException e) when (mayBeDenied && PipedriveErrors.IsOfRights(e))
        {
            return (null, e);
        }
    }
}
