namespace CrmSync.Adapters.HubSpot;

/// <summary>Which records hang on which.</summary>
internal sealed class HubSpotLinkReader(HubSpotClient client)
{
    private const int MostInputs = 1000;
    private const int PrimaryCompany = 1;
    private const int MostPages = 100;

    /// <summary>Ids of one type by id of another; a contact's primary company comes first.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(
        string from, string to, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, List<HubSpotLink>>();
        foreach (var chunk in ids.Distinct().Chunk(MostInputs))
        {
            var inputs = Array.ConvertAll(chunk, id => new HubSpotLinkInput(id));
            for (var page = 0; inputs.Length > 0 && page < MostPages; page++)
                inputs = await PageAsync(from, to, inputs, found, cancellationToken).ConfigureAwait(false);
        }
        return found.ToDictionary(p => p.Key, p => Sorted(p.Value));
    }

    private async Task<HubSpotLinkInput[]> PageAsync(
        string from, string to, HubSpotLinkInput[] inputs, Dictionary<string, List<HubSpotLink>> found, CancellationToken cancellationToken)
    {
        var answer = await client.Api.LinksAsync(client.Paths.Associations, from, to, new(inputs), cancellationToken).ConfigureAwait(false);
        var more = new List<HubSpotLinkInput>();
        foreach (var links in HubSpotClient.Results(answer.Results).Select(r => r.Record))
        {
            if (links?.From?.Id is not { } id)
                continue;
            if (!found.TryGetValue(id, out var known))
                found[id] = known = [];
            known.AddRange((links.To ?? []).Where(l => l.ToObjectId is not null));
            if (links.Paging?.Next?.After is { } after && !inputs.Contains(new(id, after)))
                more.Add(new(id, after));
        }
        return [.. more];
    }

    private static IReadOnlyList<string> Sorted(List<HubSpotLink> links) =>
        [.. links.OrderBy(l => l.AssociationTypes?.Any(t => t.TypeId == PrimaryCompany) == true ? 0 : 1).Select(l => l.ToObjectId!).Distinct()];
}
