namespace CrmSync.Adapters.HubSpot;

/// <summary>Reads who is on a list of contacts.</summary>
internal sealed class HubSpotListReader(HubSpotClient client)
{
    private const int PageSize = 250;

    public async Task<IReadOnlySet<string>> ReadAsync(string listId, CancellationToken cancellationToken)
    {
        var members = new HashSet<string>();
        string? after = null;
        do
        {
            var page = await client.Api.ListMembersAsync(client.Paths.Lists, listId, PageSize, after, cancellationToken).ConfigureAwait(false);
            members.UnionWith((page.Results ?? []).Select(member => member.RecordId).OfType<string>());
            var next = page.Paging?.Next?.After;
            if (next is not null && next == after)
                throw new CrmException(CrmFailure.Transient, "HubSpot's list points to itself.");
            after = next;
        }
        while (after is not null);
        return members;
    }
}
