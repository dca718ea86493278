using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>One promise, and how a history shows that it was broken.</summary>
public interface IInvariant
{
    /// <summary>A short name in lower case with hyphens.</summary>
    string Id { get; }

    /// <summary>The promise in one sentence.</summary>
    string Promise { get; }

    IEnumerable<Violation> Check(RunHistory history);
}

/// <summary>A promise that was broken, and where to look.</summary>
public sealed record Violation(string Invariant, string What)
{
    public override string ToString() => $"{Invariant}: {What}";
}
