namespace CrmSync.Worker.Storage;

/// <summary>Keeps figures fast over years of history.</summary>
public interface IKpiRollUp
{
    /// <summary>Folds what the audit has gained since; in small units of work, so that nothing else waits.</summary>
    Task RollUpAsync(CancellationToken cancellationToken);
}
