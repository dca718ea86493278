using System.Runtime.InteropServices;

namespace CrmSync.Leads.Kpis;

/// <summary>What the three KPIs need of an MQL. Instants are milliseconds since 1970; <see cref="Never"/> is one that has not come.</summary>
/// <param name="Concluded">1: the acceptance was concluded from a later stage.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct MqlMark(long At, long AcceptedAt, int Concluded)
{
    public const long Never = long.MaxValue;

    /// <summary>Null where the episode is outside of MQL to SAL.</summary>
    public static MqlMark? Of(EpisodeRow row) => row.MqlAt is not { } at || row.SalesGenerated || row.Superseded
        ? null
        : new(at.ToUnixTimeMilliseconds(), Of(row.AcceptedAt), row.AcceptanceInferred ? 1 : 0);

    internal static long Of(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds() ?? Never;
}

/// <summary>What the three KPIs need of an acceptance, as <see cref="MqlMark"/>.</summary>
/// <param name="EndedAt">When it was lost or went back, whichever came first.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct SalMark(long At, long WonAt, long EndedAt, int Concluded)
{
    /// <summary>Null where it was not accepted, or another episode goes on in its place.</summary>
    public static SalMark? Of(EpisodeRow row) => row.AcceptedAt is not { } at || row.Superseded
        ? null
        : new(
            at.ToUnixTimeMilliseconds(), MqlMark.Of(row.WonAt), Math.Min(MqlMark.Of(row.LostAt), MqlMark.Of(row.RecycledAt)), row.AcceptanceInferred ? 1 : 0);
}
