using CrmSync.Adapters;

namespace CrmSync.Worker.Connections;

/// <summary>The account's users as last read. In memory only; names are for texts in the CRM and go into no log.</summary>
internal sealed class UserBook
{
    private IReadOnlyList<CrmUser> _users = [];

    /// <summary>The ids of those who are there; null where the CRM does not tell.</summary>
    public IReadOnlySet<string>? Active { get; private set; }

    public void Took(IReadOnlyList<CrmUser> users) =>
        (_users, Active) = (users, users.Count == 0 ? null : users.Where(user => user.Active).Select(user => user.Id).ToHashSet(StringComparer.Ordinal));

    /// <summary>The user whom history names by this id, or who owns records under it; null when unknown.</summary>
    public CrmUser? Find(string? id) => id is null
        ? null
        : _users.FirstOrDefault(user => user.ActorId == id) ?? _users.FirstOrDefault(user => user.Id == id);
}
