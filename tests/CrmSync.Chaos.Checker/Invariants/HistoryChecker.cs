using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>All promises at once.</summary>
public static class HistoryChecker
{
    public static IReadOnlyList<IInvariant> All { get; } =
    [
        new StageAtRest(), new OneEffect(), new EffectsAudited(), new WebhooksKept(), new StreamKept(), new PeopleWin(), new NeverBackwards(), new WithinShare(), new ChainVerifies(),
        new ReDecides(), new CursorBehind(), new EveryChangeLookedAt(), new IntentsEnd(), new KpisTrue(), new NoEffectAfterEnd(), new NoCanary(), new QuarantineTrue(),
        new AllowedHosts(), new ShadowWritesNothing(), new OneTaskOneNote(), new NoFlapping(), new AnswersFollowed(), new NoRefreshStorm(), new StepsFollow(),
    ];

    public static IReadOnlyList<Violation> Check(RunHistory history) => [.. All.SelectMany(invariant => invariant.Check(history))];
}
