using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Rigging;

/// <summary>A store that cannot write for a while: a full disk, a volume that turned read-only, another program that holds the file.</summary>
internal sealed class StoreTrouble
{
    private static readonly HashSet<string> Writes =
    [
        "AcceptAsync before", "AdvanceAsync before", "AppendAsync before", "ExpandAsync before", "ForgetAsync before", "KeepRuleSetAsync before", "QuarantineAsync before",
        "RecordAsync before", "ReleaseAsync before", "RememberAsync before", "RingDueAsync before", "SaveAsync before", "SettleAsync before", "SettleActivitiesAsync before", "TakeAsync before",
    ];

    private int _refused;

    /// <summary>Null: it works.</summary>
    public StoreFailure? Failure { get; private set; }

    public void Begin(StoreFailure failure) => (Failure, _refused) = (failure, 0);

    /// <summary>Answers how many writes were refused.</summary>
    public int End()
    {
        Failure = null;
        return _refused;
    }

    public void Pass(string point)
    {
        if (Failure is not { } failure || !Writes.Contains(point))
            return;
        Interlocked.Increment(ref _refused);
        throw new StoreException(failure, $"The store cannot be written ({failure}).", "Wait.");
    }
}
