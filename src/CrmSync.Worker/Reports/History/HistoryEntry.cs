using System.Runtime.InteropServices;

namespace CrmSync.Worker.Reports.History;

/// <summary>
/// A row of a history file in 56 bytes, so that millions can be sorted in memory and spilled as they are. Ids are kept as prints:
/// of 128 bits for a lead, of 64 for a company, so that two that differ are told apart in any file that fits a disk.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct HistoryEntry(ulong Lead, ulong LeadCheck, long Ticks, long Line, ulong Company, int Source, int Owner, int Connection, byte Stage) : IComparable<HistoryEntry>
{
    /// <summary>In place of a source, an owner or a connection that is not told, and of a company that is the lead's own.</summary>
    public const int None = -1;

    /// <summary>Same lead together, its entries in the order of instants and stages.</summary>
    public readonly int CompareTo(HistoryEntry other) => Compare(this, other);

    public readonly bool IsOfLead(in HistoryEntry other) => Lead == other.Lead && LeadCheck == other.LeadCheck;

    public static bool operator <(in HistoryEntry left, in HistoryEntry right) => Compare(left, right) < 0;

    public static bool operator >(in HistoryEntry left, in HistoryEntry right) => Compare(left, right) > 0;

    public static bool operator <=(in HistoryEntry left, in HistoryEntry right) => Compare(left, right) <= 0;

    public static bool operator >=(in HistoryEntry left, in HistoryEntry right) => Compare(left, right) >= 0;

    private static int Compare(in HistoryEntry left, in HistoryEntry right)
    {
        if (left.Lead != right.Lead)
            return left.Lead < right.Lead ? -1 : 1;
        if (left.LeadCheck != right.LeadCheck)
            return left.LeadCheck < right.LeadCheck ? -1 : 1;
        if (left.Ticks != right.Ticks)
            return left.Ticks < right.Ticks ? -1 : 1;
        return left.Stage != right.Stage ? left.Stage - right.Stage : left.Line.CompareTo(right.Line);
    }
}
