namespace CrmSync.Worker.Storage;

/// <summary>The few ways in which the store can fail.</summary>
public enum StoreFailure
{
    /// <summary>The data directory cannot be created or written.</summary>
    NotWritable,

    /// <summary>The data are another user's, root's or not: only that one writes there.</summary>
    OtherUser,

    /// <summary>There is no store in the directory.</summary>
    Missing,

    /// <summary>Another instance holds the data directory.</summary>
    Busy,

    /// <summary>Another program holds a lock on the file; the same call may succeed soon.</summary>
    Locked,

    /// <summary>More is waiting to be written than the store takes on; the same call may succeed soon.</summary>
    Overloaded,

    /// <summary>The disk is full: nothing of the unit was stored.</summary>
    Full,

    /// <summary>The volume has become read-only.</summary>
    ReadOnly,

    /// <summary>The file is not ours, is cut short or corrupt, or was written by a newer version.</summary>
    Damaged,

    /// <summary>The disk failed. What was not confirmed may or may not be there; the process has to start again.</summary>
    Io,

    /// <summary>The unit breaks a rule of the store, such as one open intent a lead.</summary>
    Conflict,

    /// <summary>A stored grant cannot be decrypted: the connection has to be made again.</summary>
    Reconnect,
}

/// <summary>What went wrong in the store, and what an admin can do about it.</summary>
public sealed class StoreException(StoreFailure failure, string message, string repair, Exception? inner = null)
    : Exception(message, inner)
{
    public StoreFailure Failure { get; } = failure;

    public string Repair { get; } = repair;
}
