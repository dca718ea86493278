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
            else if (line.Identity == facts.OurIdentity && IsMutating(line))
                yield return new(Id, $"line {line.N} at {line.At:O} asks for a change in shadow: {line.Method} {line.Path}");
        }
    }

    /// <summary>HubSpot reads by POST, too: those paths say so at their end.</summary>
    private static bool IsMutating(LogLine line) => line.Method switch
    {
        "GET" or "HEAD" or "OPTIONS" => false,
        "POST" => line.Path is { } path
            && !path.EndsWith("/search", StringComparison.Ordinal) && !path.EndsWith("/read", StringComparison.Ordinal) && !path.Contains("/oauth/", StringComparison.Ordinal),
        _ => true,
    };
}
