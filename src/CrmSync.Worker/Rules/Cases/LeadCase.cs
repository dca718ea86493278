using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>One lead as somebody imagined it, and what the rules shall say of it. <paramref name="Line"/>: where it stands in its file, from 1.</summary>
internal sealed record LeadCase(string Name, int Line, LeadFacts Facts, LeadContext Context, Expectation Expected);

/// <summary>What a case expects. Null, or nothing listed: whatever comes is fine.</summary>
internal sealed record Expectation(Verdict Verdict)
{
    /// <summary>0 to 100.</summary>
    public int? Fit { get; init; }

    /// <summary>0 to 100.</summary>
    public int? Interest { get; init; }

    public bool? HandRaise { get; init; }

    /// <summary>The id of the policy that judges the lead.</summary>
    public string? Policy { get; init; }

    public GateResult? Mql { get; init; }
    public GateResult? Offer { get; init; }
    public GateResult? Sql { get; init; }
    public IReadOnlyList<ExpectedFinding> Findings { get; init; } = [];

    /// <summary>Exactly these blockers fire, in any order.</summary>
    public IReadOnlyList<string>? Blockers { get; init; }

    /// <summary>Exactly these facts are asked for, in any order.</summary>
    public IReadOnlyList<string>? Missing { get; init; }
}

/// <summary>What one criterion shall say; <paramref name="Points"/> after fading.</summary>
internal sealed record ExpectedFinding(string Criterion, CriterionResult Result, int? Points);
