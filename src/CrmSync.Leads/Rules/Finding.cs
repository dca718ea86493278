using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// What one criterion saw. A code with parameters, never a sentence. <see cref="Points"/> are whole, after fading;
/// <see cref="MaxPoints"/> are those of a fresh act. <see cref="Count"/>, <see cref="SeenAt"/> (the latest act in the window) and
/// <see cref="Detail"/> (its title) belong to acts. <see cref="CountedSince"/>: acts before it are not on record.
/// </summary>
public sealed record Finding(string Criterion, CriterionGroup Group, CriterionResult Result, int Points, int MaxPoints)
{
    /// <summary>What it would bring if it were met: where it is unknown, no act that may yet be found need be fresh.</summary>
    public int Worth { get; init; }

    /// <summary>The fact that decided, or null.</summary>
    public string? Fact { get; init; }

    public FactValue Value { get; init; }
    public long? Count { get; init; }
    public string? Detail { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
    public DateTimeOffset? CountedSince { get; init; }
}
