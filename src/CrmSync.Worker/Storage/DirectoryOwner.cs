namespace CrmSync.Worker.Storage;

/// <summary>
/// Whose a data directory is. What anybody else makes there - a key, a backup, a lock - the worker could not read: so it is written
/// by its owner and by nobody else, root not excepted. It is its owner who owns the store in it; before there is one, who owns the
/// directory, but a volume may be root's and lent to a group.
/// </summary>
internal static class DirectoryOwner
{
    private const uint Root = 0;

    /// <summary>The owner, when that is somebody else.</summary>
    /// <param name="store">The path of the store in it, be it there or not.</param>
    /// <param name="mine">Whom a file belongs to that this process makes there, or would make; null: this system does not tell.</param>
    /// <param name="mayWrite">This process can make files there.</param>
    /// <param name="ownerOf">The owner of a path; null: there is none, or it is not told.</param>
    public static uint? Other(string directory, string store, uint? mine, bool mayWrite, Func<string, uint?> ownerOf)
    {
        if (mine is null)
            return null;
        if (ownerOf(store) is { } keeper)
            return keeper == mine ? null : keeper;
        return ownerOf(directory) is { } owner && owner != mine && (mine == Root || (!mayWrite && owner != Root)) ? owner : null;
    }

    /// <summary>What somebody else is told.</summary>
    public static StoreException Refusal(string directory, uint owner)
    {
        var (full, name, me) = (Path.GetFullPath(directory), FileOwner.NameOf(owner), FileOwner.NameOf(ProcessUser.Number ?? Root));
        return new(
            StoreFailure.OtherUser,
            $"The data in {full} belong to the user {name}, and this is {me}. What anybody else wrote there the worker could not read, so nobody else may.",
            owner == Root ? OfRoot(full, me) : OfWorker(full, name));
    }

    private static string OfWorker(string directory, string name) =>
        $"Run it as {name}: 'sudo crmsync ...' where systemd runs the worker (deploy/crmsync.sh), otherwise sudo -u '{name}', in a container without -u. "
            + $"If the data are to be yours: chown -R {ProcessUser.Id} {directory}.";

    // Data become root's by a slip, as a rule; whoever followed them there would run a service that needs no rights with all of them.
    private static string OfRoot(string directory, string me) =>
        $"If {me} is the user that runs the worker, give the data back: sudo chown -R {ProcessUser.Id} {directory} (of a container: the host's directory or volume behind it). "
            + "If another user runs it, give them to that one and run this as that one. Nothing here needs root.";
}
