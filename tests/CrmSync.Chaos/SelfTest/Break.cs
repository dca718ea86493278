using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A history broken in one way. <paramref name="Also"/>: further invariants that this cannot help breaking.</summary>
internal sealed record Break(string Name, string Invariant, Func<RunHistory, RunHistory> Do, params string[] Also)
{
    public static IReadOnlyDictionary<string, Break> All { get; } = new[]
    {
        BreaksOfEffects.All, BreaksOfMoves.All, BreaksOfWords.All, BreaksOfAudit.All, BreaksOfDecisions.All, BreaksOfIntake.All, BreaksOfActivities.All, BreaksOfManners.All,
    }.SelectMany(all => all).ToDictionary(b => b.Name);
}
