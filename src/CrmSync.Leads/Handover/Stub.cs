using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

public sealed class BusinessCalendar
{
    public static BusinessCalendar From(SlaSettings settings, TimeZoneInfo zone) => new();
}

public sealed class SlaClock(BusinessCalendar calendar)
{
    public DateTimeOffset DueAt(DateTimeOffset from, WorkingTime time) => from.AddDays(calendar is null ? 0 : time.Amount);
}
