namespace CrmSync.Leads.Kpis;

/// <summary>What became of an acceptance; kept small, since a report keeps them all.</summary>
/// <param name="Company">A print of the company's name; even: a lead without one.</param>
internal readonly record struct Sale(long AcceptedAt, long WonAt, long EndedAt, long QualifiedAt, long Company, bool Inferred, bool Imported, bool InPeriod)
{
    /// <summary>In place of an instant that has not come.</summary>
    internal const long Never = long.MaxValue;

    internal bool IsWon => WonAt != Never;

    /// <summary>Won after it was accepted, and both instants measured.</summary>
    internal bool HasDuration => IsWon && !Inferred && WonAt > AcceptedAt;

    /// <summary>A sale won before it was accepted is no conversion of this acceptance.</summary>
    internal bool IsConversion => IsWon && WonAt >= AcceptedAt;

    internal static Sale Of(EpisodeRow row, KpiQuestion question, long company) => new(
        row.AcceptedAt!.Value.UtcTicks,
        In(row.WonAt, question),
        Math.Min(In(row.LostAt, question), In(row.RecycledAt, question)),
        In(row.SalesQualifiedAt, question),
        company, row.AcceptanceInferred, row.Imported, question.Has(row.AcceptedAt));

    private static long In(DateTimeOffset? instant, KpiQuestion question) => question.IsIn(instant) ? instant!.Value.UtcTicks : Never;
}
