using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>What is asked of the episodes.</summary>
/// <param name="CutOff">The last instant up to which events are in; what came later is not looked at.</param>
public sealed record KpiQuestion(DateTimeOffset CutOff)
{
    /// <summary>The horizon of MQL to SAL unless another is asked for.</summary>
    public static readonly TimeSpan UsualHorizon = TimeSpan.FromDays(14);

    /// <summary>Which cohorts: by the instant at which what is counted began.</summary>
    public Period Period { get; init; }

    /// <summary>How long an MQL is given to become a SAL.</summary>
    public TimeSpan Horizon { get; init; } = UsualHorizon;

    /// <summary>How long a SAL is given to become a customer; null: by past sales (<see cref="CustomerHorizon"/>).</summary>
    public TimeSpan? CustomerHorizon { get; init; }

    /// <summary>When sales works; null: hours are counted around the clock.</summary>
    public BusinessCalendar? Calendar { get; init; }

    private bool IsAlways => Period.From is null && Period.To is null;

    /// <summary>The instant lies in the period and is in.</summary>
    internal bool Has(Moment moment) => IsIn(moment) && (IsAlways || Period.Has(moment));

    /// <summary>The instant is in.</summary>
    internal bool IsIn(Moment moment) => moment.IsKnown && moment.Ticks <= CutOff.UtcTicks;
}
