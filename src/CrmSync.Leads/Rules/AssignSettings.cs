namespace CrmSync.Leads.Rules;

/// <summary>Who gets an offer. People are named by their ids in the CRM; an id that a CRM does not know is nobody there.</summary>
public sealed record AssignSettings
{
    /// <summary>First whoever owns the lead, its company, or an open offer at that company; false: the rules alone say.</summary>
    public bool ToOwner { get; init; } = true;

    /// <summary>In file order; the first whose condition is met serves the lead, and after it those that follow.</summary>
    public IReadOnlyList<AssignRule> Rules { get; init; } = [];
    public IReadOnlyList<Absence> Absences { get; init; } = [];

    /// <summary>Who gets what nobody else does: the first of these who is there.</summary>
    public IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>Everybody whom the rule file gives offers to; substitutes too.</summary>
    public IEnumerable<string> People =>
        Rules.SelectMany(rule => rule.People).Concat(Absences.Select(absence => absence.Substitute).OfType<string>()).Concat(Fallback).Distinct(StringComparer.Ordinal);
}

/// <summary>People who take turns. <paramref name="When"/> null: for every lead.</summary>
public sealed record AssignRule(string Id, Condition? When, IReadOnlyList<string> People)
{
    /// <summary>The id of the people who stand in the file without a condition.</summary>
    public const string Everyone = "everyone";
}

/// <summary>Somebody is away, both days included; <paramref name="Until"/> null: until the file says otherwise.</summary>
public sealed record Absence(string Who, DateOnly From, DateOnly? Until, string? Substitute)
{
    public bool Covers(DateOnly day) => day >= From && !(day > Until);

    /// <summary>The days that both cover, or null.</summary>
    public Absence? During(Absence other)
    {
        var from = From > other.From ? From : other.From;
        var until = Until is { } end && !(other.Until < end) ? end : other.Until;
        return from > until ? null : this with { From = from, Until = until };
    }
}
