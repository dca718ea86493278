namespace CrmSync.Worker.Storage;

/// <summary>Which leads of a connection are asked for.</summary>
public enum LeadFilter
{
    /// <summary>An offer awaits its answer.</summary>
    Offered,

    /// <summary>Held: qualified, and not offered.</summary>
    Held,

    /// <summary>Would be offered, and a pilot or a brake keeps it.</summary>
    HeldBack,

    /// <summary>Parked by the loop brake.</summary>
    Parked,

    /// <summary>The last judgement said: offer.</summary>
    WouldOffer,
}

/// <summary>What brakes, plans and messages ask of the leads in the hand-over.</summary>
public interface IOfferBook
{
    /// <summary>All leads of a kind, in no particular order.</summary>
    Task<IReadOnlyList<LeadRecord>> LeadsAsync(string connection, LeadFilter filter, CancellationToken cancellationToken);

    /// <summary>Changes of stage written or seen, oldest first, by lead key; a lead without any is absent.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<StageChange>>> StageChangesAsync(IReadOnlyCollection<string> leadKeys, CancellationToken cancellationToken);
}
