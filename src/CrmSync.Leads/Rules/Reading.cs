namespace CrmSync.Leads.Rules;

/// <summary>
/// What one condition saw, without allocating; whoever has it read may change it. <paramref name="Slot"/>: the fact that
/// decided it, or -1. <paramref name="Points"/>: after decay, 0 unless it is met. <paramref name="SeenTicks"/>: UTC ticks of the
/// latest act in the window, or 0. <paramref name="CountedSinceTicks"/>: since when acts are known one by one where that is
/// later than the window's start, or 0. <paramref name="Worth"/>: what it can still bring at the most, 0 unless it is unknown.
/// </summary>
public record struct Reading(
    CriterionResult Result, int Slot = -1, long Count = 0, int Points = 0, int Worth = 0, long SeenTicks = 0, long CountedSinceTicks = 0);
