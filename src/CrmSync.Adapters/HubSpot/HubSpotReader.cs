using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Reads contacts with what hangs on them: one batch each for contacts, companies, deals and the links between.</summary>
internal sealed class HubSpotReader(HubSpotClient client, HubSpotOptions options, HubSpotPropertyNames names, HubSpotMapper mapper)
{
    private const int MostInputs = 100;
    private const int FewAbsent = 10;
    private readonly HubSpotLinkReader _links = new(client);

    public async Task<IReadOnlyList<CrmReading>> ReadAsync(
        IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, StageMap stages, CancellationToken cancellationToken)
    {
        var readings = new Dictionary<string, CrmReading>();
        foreach (var chunk in leadIds.Distinct().Chunk(depth.HasHistory() ? options.HistoryBatchSize : MostInputs))
        {
            var properties = depth.HasFacts() ? names.Contact(catalogue, stages) : HubSpotPropertyNames.Guard;
            var query = new LeadQuery(chunk, depth, catalogue, stages, properties);
            await ReadAsync(query, readings, cancellationToken).ConfigureAwait(false);
        }
        return [.. leadIds.Select(id => readings[id])];
    }

    private async Task ReadAsync(LeadQuery query, Dictionary<string, CrmReading> readings, CancellationToken cancellationToken)
    {
        var history = query.Depth switch
        {
            ReadDepth.History => HubSpotPropertyNames.WithHistory,
            ReadDepth.GuardHistory => HubSpotPropertyNames.GuardWithHistory,
            _ => null,
        };
        var answer = await client.Api.BatchReadAsync(
            client.Paths.Objects, HubSpotStreams.Contacts, "false", new(query.Properties, history, Inputs(query.Ids)), cancellationToken).ConfigureAwait(false);
        var sorted = HubSpotBatchAnswer.Sort(query.Ids, answer);
        foreach (var id in await NotArchivedAsync(sorted, cancellationToken).ConfigureAwait(false))
            sorted.Add(id, await AloneAsync(id, query, cancellationToken).ConfigureAwait(false));
        foreach (var (id, reading) in sorted.Settled)
            readings[id] = reading;

        var around = query.Depth.HasFacts()
            ? await AroundAsync(query, [.. sorted.Found.Values], cancellationToken).ConfigureAwait(false)
            : HubSpotSurroundings.None;
        foreach (var (id, contact) in sorted.Found)
            readings[id] = mapper.Map(contact, around, query.Depth, query.Catalogue, query.Stages);
    }

    /// <summary>Of many absent ids the archived ones are sorted out at once; few are not worth the call.</summary>
    private async Task<IEnumerable<string>> NotArchivedAsync(HubSpotBatchAnswer sorted, CancellationToken cancellationToken)
    {
        if (sorted.Absent.Count <= FewAbsent)
            return sorted.Absent;
        var answer = await client.Api.BatchReadAsync(
            client.Paths.Objects, HubSpotStreams.Contacts, "true", new(["hs_object_id"], null, Inputs(sorted.Absent)), cancellationToken).ConfigureAwait(false);
        var archived = HubSpotClient.Records(answer.Results).Select(r => r.Id!).ToHashSet();
        foreach (var id in sorted.Absent.Where(archived.Contains))
            sorted.Add(id, null);
        return sorted.Absent.Where(id => !archived.Contains(id));
    }

    /// <summary>An absent id may have been merged: asked alone it answers as its survivor.</summary>
    private async Task<HubSpotObject?> AloneAsync(string id, LeadQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Api.GetAsync(
                client.Paths.Objects, HubSpotStreams.Contacts, id, string.Join(',', query.Properties), cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            return null;
        }
    }

    private async Task<HubSpotSurroundings> AroundAsync(LeadQuery query, IReadOnlyList<HubSpotObject> contacts, CancellationToken cancellationToken)
    {
        var companies = RelatedAsync(HubSpotStreams.Companies, names.Company(query.Catalogue), contacts, first: true, cancellationToken);
        var withDeals = contacts.Where(c => RawValues.Number(c["num_associated_deals"]) > 0).ToList();
        var deals = RelatedAsync(HubSpotStreams.Deals, HubSpotPropertyNames.OfDeals, withDeals, first: false, cancellationToken);
        await Task.WhenAll(companies, deals).ConfigureAwait(false);
        return new(await companies.ConfigureAwait(false), await deals.ConfigureAwait(false));
    }

    /// <summary>Related records by contact; null where the app may not read them, so that only those facts are unknown.</summary>
    private async Task<Dictionary<string, IReadOnlyList<HubSpotObject>>?> RelatedAsync(
        string type, IReadOnlyList<string> properties, IReadOnlyList<HubSpotObject> contacts, bool first, CancellationToken cancellationToken)
    {
        if (contacts.Count == 0)
            return [];
        try
        {
            var links = await _links.ReadAsync(HubSpotStreams.Contacts, type, contacts.Select(c => c.Id!), cancellationToken).ConfigureAwait(false);
            var wanted = links.ToDictionary(l => l.Key, l => first ? l.Value.Take(1) : l.Value);
            var records = new Dictionary<string, HubSpotObject>();
            foreach (var chunk in wanted.Values.SelectMany(v => v).Distinct().Chunk(MostInputs))
            {
                var answer = await client.Api.BatchReadAsync(
                    client.Paths.Objects, type, "false", new(properties, null, Inputs(chunk)), cancellationToken).ConfigureAwait(false);
                foreach (var record in HubSpotClient.Records(answer.Results))
                    records[record.Id!] = record;
            }
            return wanted.ToDictionary(w => w.Key, w => (IReadOnlyList<HubSpotObject>)[.. w.Value.Where(records.ContainsKey).Select(id => records[id])]);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused)
        {
            return null;
        }
    }

    private static HubSpotId[] Inputs(IEnumerable<string> ids) => [.. ids.Select(id => new HubSpotId(id))];

    private sealed record LeadQuery(string[] Ids, ReadDepth Depth, FactCatalogue Catalogue, StageMap Stages, IReadOnlyList<string> Properties);
}
