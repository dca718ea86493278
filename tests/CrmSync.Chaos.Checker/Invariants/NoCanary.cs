using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Secrets and people stay where they belong.</summary>
internal sealed class NoCanary : IInvariant
{
    public string Id => "no-canary";

    public string Promise => "No secret and no person's name stands in any output or file.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        foreach (var (name, text) in history.Outputs)
            for (var i = 0; i < history.Facts.Canaries.Count; i++)
                // The secret itself stays out of the message, too.
                if (text.IndexOf(history.Facts.Canaries[i], StringComparison.OrdinalIgnoreCase) is >= 0 and var place)
                    yield return new(Id, $"{name} holds canary {i + 1} of {history.Facts.Canaries.Count}, in line {text.AsSpan(0, place).Count('\n') + 1}");
    }
}
