namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>The two numbers that are asked for first, counted from what was found.</summary>
public sealed record Damage(int Doubled, int Lost)
{
    private static readonly HashSet<string> Doubling = ["one-effect", "one-task-one-note"];
    private static readonly HashSet<string> Losing = ["intents-end", "webhooks-kept", "effects-audited"];

    public static Damage Of(IReadOnlyCollection<Violation> violations) =>
        new(violations.Count(v => Doubling.Contains(v.Invariant)), violations.Count(v => Losing.Contains(v.Invariant)));

    public override string ToString() => $"doubled {Doubled}, lost {Lost}";
}
