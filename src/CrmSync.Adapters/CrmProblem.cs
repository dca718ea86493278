namespace CrmSync.Adapters;

/// <summary>What a problem keeps the worker from doing on this connection.</summary>
public enum ProblemReach
{
    /// <summary>Advice: nothing stops.</summary>
    Hint,

    /// <summary>Leads can be read and judged, not written.</summary>
    Writing,

    /// <summary>Nothing can be done until it is repaired.</summary>
    Everything,
}

/// <summary>
/// One thing that is wrong, where, and how to repair it. <paramref name="Code"/> is stable: <c>credentials-refused</c>,
/// <c>scope-missing</c>, <c>property-missing</c>, <c>stage-unknown</c>, <c>account-differs</c>, <c>unreachable</c> ...
/// </summary>
public sealed record CrmProblem(string Code, ProblemReach Reach, string Setting, string Problem, string Repair);

public enum SetupOutcome
{
    Exists,
    Created,
    WouldCreate,

    /// <summary>Must be done by hand: <see cref="SetupStep.Detail"/> has the recipe.</summary>
    Manual,
}

/// <summary>One thing that set-up looked at.</summary>
public sealed record SetupStep(string What, string Name, SetupOutcome Outcome, string? Detail = null);
