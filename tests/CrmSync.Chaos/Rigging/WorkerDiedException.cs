namespace CrmSync.Chaos.Rigging;

/// <summary>Where a worker was killed: nothing that comes after it happens.</summary>
public sealed class WorkerDiedException : Exception
{
    public WorkerDiedException() : base("The worker was killed.")
    {
    }

    public WorkerDiedException(string point) : base($"The worker was killed at {point}.")
    {
    }

    public WorkerDiedException(string point, Exception inner) : base($"The worker was killed at {point}.", inner)
    {
    }
}
