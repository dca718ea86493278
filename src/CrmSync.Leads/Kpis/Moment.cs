namespace CrmSync.Leads.Kpis;

/// <summary>
/// An instant in UTC or none, in eight bytes where a nullable instant takes 24: a report folds and holds millions. The first tick of the
/// year 1 stands for none.
/// </summary>
internal readonly record struct Moment(long Ticks)
{
    internal bool IsKnown => Ticks != 0;

    internal DateTimeOffset? At => IsKnown ? new DateTimeOffset(Ticks, TimeSpan.Zero) : null;

    internal static Moment Of(DateTimeOffset? at) => new(at is { } known ? known.UtcTicks : 0);

    /// <summary>Itself where it is known, and otherwise the other one.</summary>
    internal Moment Or(Moment other) => IsKnown ? this : other;
}
