using CrmSync.Adapters;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>What was found when we looked back at our writes.</summary>
/// <param name="Found">By transition: the lead, and who else was there just before.</param>
/// <param name="IsWhole">Nothing kept us from looking.</param>
internal sealed record LooksBack(IReadOnlyDictionary<string, (CrmLead Lead, Overlap? Overlap)> Found, bool IsWhole);

/// <summary>That somebody else was there between our read and our write, in words.</summary>
/// <param name="Taken">The stage that our write took the place of; its value is null where that was none.</param>
/// <param name="IsAnswer">What was changed are words, and not the stage.</param>
/// <param name="Wiped">The answer that our write emptied out of its field; null where it stands, or where it was none.</param>
internal readonly record struct Overlap(string Reason, bool IsAnswer, WipedAnswer? Wiped = null, ToldValue Taken = default)
{
    /// <summary>Marketing's request that our write took the place of; its value is null where that was none.</summary>
    public ToldValue Request { get; init; }

    /// <summary>Nothing else was changed.</summary>
    public bool IsRequestAlone { get; init; }
}
