using System.Buffers;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>Secrets and people stay where they belong.</summary>
internal sealed class NoCanary : IInvariant
{
    public string Id => "no-canary";

    public string Promise => "No secret stands in any output, answer or file, and no person's name in the log, the figures or an answer.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        string[] everything = [.. history.Facts.Canaries, .. history.Facts.Names];
        return history.Outputs.SelectMany(output => In(output.Key, output.Value, output.Key == RunHistory.LogOutput ? everything : history.Facts.Canaries))
            .Concat(In("the figures", history.Kpis ?? "", everything))
            .Concat(In("an answer to a webhook", string.Join('\n', history.Webhooks.Select(w => w.Answer).Distinct()), everything));
    }

    private IEnumerable<Violation> In(string name, string text, IReadOnlyList<string> canaries)
    {
        // Tokens are many where they are renewed: one look for all of them, and then for which.
        if (!text.AsSpan().ContainsAny(SearchValues.Create([.. canaries], StringComparison.OrdinalIgnoreCase)))
            yield break;
        for (var i = 0; i < canaries.Count; i++)
            // The secret itself stays out of the message, too.
            if (text.IndexOf(canaries[i], StringComparison.OrdinalIgnoreCase) is >= 0 and var place)
                yield return new(Id, $"{name} holds canary {i + 1} of {canaries.Count}, in line {text.AsSpan(0, place).Count('\n') + 1}");
    }
}
