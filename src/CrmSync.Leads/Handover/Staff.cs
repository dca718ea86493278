using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>Who is there on a day: the CRM's active users, without those who are away.</summary>
/// <param name="active">The ids of the active users; null where the CRM does not tell, and everybody counts as one.</param>
/// <param name="today">The local day of the offer.</param>
/// <param name="passedOver">Who did not answer this offer: they do not get it again, nor stand in for anybody.</param>
public sealed class Staff(IReadOnlySet<string>? active, IReadOnlyList<Absence> absences, DateOnly today, string? passedOver = null)
{
    /// <summary>The person, or while they are away their substitute, or that one's; null if nobody of these is there.</summary>
    public string? Find(string person)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var who = person; who is not null && asked.Add(who);)
        {
            var absence = absences.FirstOrDefault(absence => absence.Who == who && absence.Covers(today));
            if (absence is null)
                return IsActive(who) ? who : null;
            who = absence.Substitute;
        }
        return null;
    }

    private bool IsActive(string person) => person != passedOver && (active?.Contains(person) ?? true);
}
