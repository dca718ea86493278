namespace CrmSync.Adapters.Pipedrive;

/// <summary>The people of the account, those who left included, and who we are. The list is dear and changes seldom, so it is kept for some hours.</summary>
internal sealed class PipedriveUsers(PipedriveClient client, PipedriveOptions options, TimeProvider time)
{
    private volatile KeptUsers? _known;
    private volatile PipedriveRecord? _us;

    /// <summary>The token's own user, with the company that it belongs to.</summary>
    public async Task<PipedriveRecord> UsAsync(CancellationToken cancellationToken) =>
        _us ??= PipedriveClient.Record(await client.Api.MeAsync(client.Paths.V1, cancellationToken).ConfigureAwait(false));

    /// <summary>The id of our user where it is a machine, which owns nothing; null where it is a person.</summary>
    public async Task<string?> MachineAsync(CancellationToken cancellationToken) =>
        options.TokenUserIsMachine ? (await UsAsync(cancellationToken).ConfigureAwait(false)).Id : null;

    public void Forget() => (_known, _us) = (null, null);

    public async Task<IReadOnlyList<CrmUser>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < options.CheckEvery)
            return known.Users;
        try
        {
            var machine = await MachineAsync(cancellationToken).ConfigureAwait(false);
            var page = await client.Api.UsersAsync(client.Paths.V1, cancellationToken).ConfigureAwait(false);
            CrmUser[] users = [.. PipedriveClient.Records(page).Where(u => u.Id != machine).Select(u => new CrmUser(u.Id!, u["active_flag"] != "false" && u["is_deleted"] != "true", u["name"]))];
            return Keep(users);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.NotFound)
        {
            return Keep([]); // a list that is forbidden is as dear as one that is shown
        }
    }

    private IReadOnlyList<CrmUser> Keep(IReadOnlyList<CrmUser> users)
    {
        _known = new(users, time.GetTimestamp());
        return users;
    }

    private sealed record KeptUsers(IReadOnlyList<CrmUser> Users, long At);
}
