using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.Sync;

/// <summary>The settings that the rules in force and a connection's mapping make for one lead.</summary>
internal static class JudgedPolicy
{
    /// <summary>What a judged lead's hand-over goes by on a connection that is live since an instant.</summary>
    public static HandoverPolicy Of(ConnectedCrm connection, Assessed assessed, DateTimeOffset? live)
    {
        var (rules, clock, sla) = (assessed.Rules, assessed.AtWork.Clock, assessed.Sla);
        var staff = new Staff(connection.Users.Active, rules.Assign.Absences, clock.DayOf(assessed.Evaluation.At));
        return new()
        {
            StartAt = live,
            DueAt = (offeredAt, handRaise) => clock.DueAt(offeredAt, sla.TimeFor(handRaise)),
            ShareAt = clock.ShareAt,
            Reminders = sla.EscalateAt,
            Silence = sla.Silence,
            EscalateTo = sla.EscalateTo is { } named ? staff.Find(named) : null,
            DisputeUntil = decidedAt => clock.DueAt(decidedAt, sla.Dispute),
            Order = connection.StageOrder,
            Accept = rules.Accept.NarrowedTo(connection.AcceptOn),
            PeopleSetMql = rules.MqlFrom != MqlSource.Rules,
            CoolOff = rules.CoolOff,
            StageOnRejected = connection.StageOnRejected,
        };
    }
}
