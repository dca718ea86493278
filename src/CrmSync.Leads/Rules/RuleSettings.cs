using CrmSync.Leads.Calendars;

namespace CrmSync.Leads.Rules;

/// <summary>How long a "no" keeps a lead from being offered again, in days. "Never relevant" keeps it for good.</summary>
public sealed record CoolOffSettings(int BadTimingDays = 180, int OtherDays = 90)
{
    /// <summary>After "bad timing".</summary>
    public TimeSpan BadTiming => TimeSpan.FromDays(BadTimingDays);

    /// <summary>After any other rejection, and after an expired offer or a lead that sales gave back.</summary>
    public TimeSpan Other => TimeSpan.FromDays(OtherDays);
}

/// <summary>A length of working time.</summary>
public readonly record struct WorkingTime(int Amount, WorkingTimeUnit Unit);

public enum WorkingTimeUnit
{
    BusinessHours,
    BusinessDays,
}

/// <summary>What happens when nobody answers in time.</summary>
public enum SilencePolicy
{
    ReturnToMarketing,
    Accept,
    Wait,

    /// <summary>At the deadline a named owner is told; later it goes back to marketing.</summary>
    Escalate,

    /// <summary>At the deadline it goes to the next person, once, with a new deadline; after that one it goes back to marketing.</summary>
    Reassign,
}

/// <summary>Opening hours of one weekday, local time.</summary>
public readonly record struct OpeningHours(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>The time sales has to answer. <see cref="EscalateAt"/> is in percent of it.</summary>
public sealed record SlaSettings
{
    public string Zone { get; init; } = "Europe/Copenhagen";
    public IReadOnlyList<OpeningHours> Hours { get; init; } = [];
    public DaysOff Holidays { get; init; } = DaysOff.None;
    public WorkingTime Answer { get; init; } = new(1, WorkingTimeUnit.BusinessDays);
    public WorkingTime HandRaise { get; init; } = new(4, WorkingTimeUnit.BusinessHours);
    public IReadOnlyList<int> EscalateAt { get; init; } = [50, 100];
    public SilencePolicy Silence { get; init; } = SilencePolicy.ReturnToMarketing;

    /// <summary>The time to answer an offer.</summary>
    public WorkingTime TimeFor(bool handRaise) => handRaise ? HandRaise : Answer;

    /// <summary>These, with what a policy says otherwise.</summary>
    public SlaSettings With(AnswerTimes? other) =>
        other is null ? this : this with { Answer = other.Answer ?? Answer, HandRaise = other.HandRaise ?? HandRaise };

    /// <summary>The CRM user who is told when nobody answers in time, or when marketing disputes a rejection.</summary>
    public string? EscalateTo { get; init; }

    /// <summary>How long marketing may dispute a rejection.</summary>
    public WorkingTime Dispute { get; init; } = new(5, WorkingTimeUnit.BusinessDays);
}

/// <summary>The time that sales has to answer the leads of one policy; null where the file's own holds.</summary>
public sealed record AnswerTimes(WorkingTime? Answer = null, WorkingTime? HandRaise = null);

/// <summary>Where "marketing qualified" comes from.</summary>
public enum MqlSource
{
    Both,
    Rules,
    Crm,
}

/// <summary>One department's consent. <paramref name="Hash"/>: the <see cref="RuleSet.AgreementHash"/> of what it consents to.</summary>
public sealed record Signature(string By, string Department, string? On, string? Hash);
