using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>That it was somebody's turn by a rule: whoever follows in the list is next.</summary>
public readonly record struct TurnTaken(string Rule, string Person);

/// <summary>Who gets an offer, and why.</summary>
public sealed record Assignment(string? OwnerId, AssignmentReason Reason)
{
    /// <summary>Who is away or has left, and would have got it; null where nobody stands in.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>Null unless somebody's turn was taken.</summary>
    public TurnTaken? Turn { get; init; }

    /// <summary>
    /// The first who is there of: the owner of the lead, of its company, of an open offer at that company; whose turn it is
    /// by the rules; the fallback. Who is not there passes on to their substitute, or else to the next.
    /// </summary>
    public static Assignment Choose(AssignSettings settings, AssignmentSubject subject, Staff staff, ITurns turns)
    {
        if (settings.ToOwner && OfOwner(subject, staff) is { } owner)
            return owner;
        foreach (var rule in settings.Rules)
            if (Serves(rule, subject) && ByTurn(rule, staff, turns) is { } turn)
                return turn;
        foreach (var person in settings.Fallback)
            if (staff.Find(person) is { } found)
                return To(found, person, AssignmentReason.Fallback);
        return new(null, AssignmentReason.Nobody);
    }

    private static Assignment? OfOwner(AssignmentSubject subject, Staff staff)
    {
        foreach (var (person, reason) in subject.Owners)
            if (person is not null && staff.Find(person) is { } found)
                return To(found, person, reason);
        return null;
    }

    private static bool Serves(AssignRule rule, AssignmentSubject subject) =>
        rule.When is null || rule.When.Read(subject.Facts, subject.Context).Result == CriterionResult.Met;

    private static Assignment? ByTurn(AssignRule rule, Staff staff, ITurns turns)
    {
        var people = rule.People;
        // Whoever was served last may have left the list: it then begins anew.
        var last = turns.LastOf(rule.Id) is { } served ? people.ToList().IndexOf(served) : -1;
        for (var step = 1; step <= people.Count; step++)
        {
            var person = people[(last + step) % people.Count];
            if (staff.Find(person) is { } found)
                return To(found, person, AssignmentReason.Turn) with { Turn = new(rule.Id, person) };
        }
        return null;
    }

    private static Assignment To(string found, string person, AssignmentReason reason) =>
        new(found, reason) { InsteadOf = found == person ? null : person };
}

/// <summary>Who was served last by each rule.</summary>
public interface ITurns
{
    /// <summary>Null before the first turn.</summary>
    string? LastOf(string rule);
}
