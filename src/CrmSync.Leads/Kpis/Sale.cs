namespace CrmSync.Leads.Kpis;

/// <summary>What became of an acceptance by the cut-off, in ticks.</summary>
internal readonly record struct Sale(long AcceptedAt, long WonAt, long EndedAt, long QualifiedAt, bool Inferred, bool Imported)
{
    /// <summary>In place of an instant that has not come.</summary>
    internal const long Never = long.MaxValue;

    internal bool IsWon => WonAt != Never;

    /// <summary>Won after it was accepted, and both instants measured.</summary>
    internal bool HasDuration => IsWon && !Inferred && WonAt > AcceptedAt;

    /// <summary>A sale won before it was accepted is no conversion of this acceptance.</summary>
    internal bool IsConversion => IsWon && WonAt >= AcceptedAt;

    internal static Sale Of(EpisodeRow row, KpiQuestion question)
    {
        ref readonly var at = ref row.At;
        return new(
            at.Accepted.Ticks, In(at.Won, question), Math.Min(In(at.Lost, question), In(at.Recycled, question)), In(at.SalesQualified, question),
            row.AcceptanceInferred, row.Imported);
    }

    private static long In(Moment moment, KpiQuestion question) => question.IsIn(moment) ? moment.Ticks : Never;
}
