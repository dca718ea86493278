namespace CrmSync.Worker.Storage;

/// <summary>Transitions that ended, or were observed.</summary>
/// <param name="Outcome"><c>applied</c>, <c>observed</c>, <c>refused</c>, <c>conflict</c>, <c>superseded</c> or <c>gone</c>.</param>
public sealed record TransitionCount(string Connection, string From, string To, string Outcome, long Count);

/// <summary>How the store stands, in numbers that are cheap to read.</summary>
/// <param name="Intents">Open effects by state.</param>
/// <param name="Quarantined">Leads by connection.</param>
/// <param name="Transitions">Those of the rows asked for.</param>
/// <param name="AuditHead">The newest row of the audit.</param>
public sealed record StoreGauges(
    IReadOnlyDictionary<string, long> Intents, IReadOnlyDictionary<string, long> Quarantined, IReadOnlyList<TransitionCount> Transitions, long AuditHead);

/// <summary>Reads for whoever watches the worker.</summary>
public interface IStoreGauges
{
    /// <summary>The numbers of now, with the transitions of the audit's rows behind <paramref name="since"/>.</summary>
    Task<StoreGauges> GaugesAsync(long since, CancellationToken cancellationToken);

    /// <summary>How long each effect confirmed by the audit's rows behind <paramref name="since"/> took from its decision on.</summary>
    Task<IReadOnlyList<TimeSpan>> LatenciesAsync(long since, long until, CancellationToken cancellationToken);
}
