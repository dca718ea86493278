using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Document;

/// <summary>When the examples take place: in the first days of the rules, so that a page is the same whenever it is made.</summary>
internal static class ExampleTime
{
    private static readonly DateOnly Usual = new(2026, 1, 5);

    /// <summary>A quarter past ten on the first day of the rules, or the next opening.</summary>
    internal static DateTimeOffset Forenoon(RuleSet rules, BusinessCalendar calendar) =>
        calendar.NextOpen(calendar.At(First(rules), new TimeOnly(10, 15)));

    /// <summary>Three in the afternoon of the first Friday.</summary>
    internal static DateTimeOffset FridayAfternoon(RuleSet rules)
    {
        var day = First(rules);
        while (day.DayOfWeek != DayOfWeek.Friday)
            day = day.AddDays(1);
        return BusinessCalendar.Of(rules.Sla).At(day, new TimeOnly(15, 0));
    }

    // Near the ends of the calendar there is no room to count in.
    private static DateOnly First(RuleSet rules) => rules.Effective.Year is >= 2000 and < 2100 ? rules.Effective : Usual;
}
