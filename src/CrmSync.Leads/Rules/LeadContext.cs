namespace CrmSync.Leads.Rules;

/// <summary>
/// What a judgement needs beside the facts. <paramref name="At"/>: the instant of judgement. <paramref name="Accepted"/>:
/// sales has accepted this episode.
/// </summary>
public readonly record struct LeadContext(DateTimeOffset At, CoolOffPeriod? CoolOff = null, bool Accepted = false);

/// <summary>
/// The pause after a "no" given at <paramref name="Since"/>. At <paramref name="Until"/> it is over; null: it never ends,
/// and no hand-raise lifts it. Otherwise a hand-raise newer than <paramref name="Since"/> does.
/// </summary>
public readonly record struct CoolOffPeriod(DateTimeOffset Since, DateTimeOffset? Until);
