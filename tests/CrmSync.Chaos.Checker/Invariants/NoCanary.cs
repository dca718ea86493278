using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Secrets and people stay where they belong.</summary>
internal sealed class NoCanary : IInvariant
{
    public string Id => "no-canary";

    public string Promise => "No secret stands in any output or file, and no person's name in the log.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        foreach (var (name, text) in history.Outputs)
        {
            IReadOnlyList<string> canaries = name == RunHistory.LogOutput ? [.. history.Facts.Canaries, .. history.Facts.Names] : history.Facts.Canaries;
            for (var i = 0; i < canaries.Count; i++)
                // The secret itself stays out of the message, too.
                if (text.IndexOf(canaries[i], StringComparison.OrdinalIgnoreCase) is >= 0 and var place)
                    yield return new(Id, $"{name} holds canary {i + 1} of {canaries.Count}, in line {text.AsSpan(0, place).Count('\n') + 1}");
        }
    }
}
