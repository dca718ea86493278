using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>A first start is safe.</summary>
internal sealed class ShadowWritesNothing : IInvariant
{
    public string Id => "shadow-writes-nothing";

    public string Promise => "Until a connection goes live, nothing but setup changes the CRM or asks it to.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var facts = history.Facts;
        var shadow = history.Log.Where(l => l.Kind == "request" && l.At >= (facts.SetUpAt ?? DateTimeOffset.MinValue) && !(l.At >= facts.LiveAt));
        foreach (var line in shadow)
        {
            if (line.Effects.FirstOrDefault(c => c.Actor == "api:" + facts.OurIdentity) is { } change)
                yield return new(Id, $"line {line.N} at {line.At:O} changed {change.Record} {change.Id} {change.Field} in shadow");
            else if (line.Identity == facts.OurIdentity && IsMutating(line, facts))
                yield return new(Id, $"line {line.N} at {line.At:O} asks for a change in shadow: {line.Method} {line.Path}");
        }
    }

    private static bool IsMutating(LogLine line, RunFacts facts) => line.Method switch
    {
        "GET" or "HEAD" or "OPTIONS" => false,
        "POST" => line.Path is { } path && !facts.AskedByPost.Any(part => part.EndsWith('/') ? path.Contains(part, StringComparison.Ordinal) : path.EndsWith(part, StringComparison.Ordinal)),
        _ => true,
    };
}
