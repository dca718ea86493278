using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>All promises at once.</summary>
public static class HistoryChecker
{
    public static IReadOnlyList<IInvariant> All { get; } = [];

    public static IReadOnlyList<Violation> Check(RunHistory history) => [.. All.SelectMany(invariant => invariant.Check(history))];
}
