using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Storage;

/// <summary>That a lead would be offered and is not.</summary>
/// <param name="Since">When it was first held back.</param>
/// <param name="Day">The local day on which it was last held back: on a later day it goes before leads that come new.</param>
/// <param name="Score">Fit and interest together, 0 to 200; the best go first.</param>
public sealed record HeldBack(HoldCause Cause, DateTimeOffset Since, DateOnly Day, int Score, string? OwnerId);

/// <summary>One change of a lead's stage, as the audit has it. <paramref name="At"/> is null where nobody observed it.</summary>
/// <param name="Ours">Written by us; otherwise seen.</param>
public sealed record StageChange(DateTimeOffset? At, string? From, string? To, string Actor, bool Ours);

/// <summary>That we write nothing more to a lead, because its stage went to and fro between us and somebody else.</summary>
public sealed record Parking(DateTimeOffset Since, IReadOnlyList<StageChange> Changes);
