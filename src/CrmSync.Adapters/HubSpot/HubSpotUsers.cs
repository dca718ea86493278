namespace CrmSync.Adapters.HubSpot;

/// <summary>The account's users. Records are owned under one number, history names who acted by another.</summary>
internal sealed class HubSpotUsers(HubSpotClient client)
{
    private const int PageSize = 500;
    private const int MostPages = 100;
    private const string Team = "QUEUE";

    public async Task<IReadOnlyList<CrmUser>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var active = await ReadAsync("false", cancellationToken).ConfigureAwait(false);
            var left = await ReadAsync("true", cancellationToken).ConfigureAwait(false);
            return [.. active.Select(owner => User(owner, true)).Concat(left.Select(owner => User(owner, false))).DistinctBy(user => user.Id)];
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return [];
        }
    }

    private async Task<List<HubSpotOwnerRecord>> ReadAsync(string archived, CancellationToken cancellationToken)
    {
        var owners = new List<HubSpotOwnerRecord>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await client.Api.OwnersAsync(client.Paths.Owners, PageSize, after, archived, cancellationToken).ConfigureAwait(false);
            owners.AddRange(HubSpotClient.Results(answer.Results).Select(r => r.Record).OfType<HubSpotOwnerRecord>().Where(o => o is { Id.Length: > 0 } && o.Type != Team));
            if (answer.Paging?.Next?.After is not { } next || next == after)
                break;
            after = next;
        }
        return owners;
    }

    private static CrmUser User(HubSpotOwnerRecord owner, bool active)
    {
        var name = $"{owner.FirstName} {owner.LastName}".Trim();
        return new(owner.Id!, active, name.Length > 0 ? name : null, owner.UserId ?? owner.UserIdIncludingInactive);
    }
}
