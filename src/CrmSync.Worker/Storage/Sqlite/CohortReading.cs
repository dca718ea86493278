using System.Runtime.InteropServices;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Counts the episodes of all days: packed ones as they lie there, with what changed since.</summary>
internal static class CohortReading
{
    private const string Select = "SELECT day, mqls, sals FROM cohort_days ORDER BY day";

    /// <summary>Counts all episodes; false where they are not rolled up, or too many of them changed since.</summary>
    public static bool Read(Session session, IReadOnlyList<BriefTally> tallies, int mostChanged)
    {
        if (HistoryTable.Any(session) || EpisodeRollUp.Changed(session, mostChanged) is not { } changed) return false;
        var before = changed.Select(key => EpisodeRollUpTable.Find(session, key.LeadKey, key.Episode)).OfType<EpisodeRow>().ToList();
        var mqls = before.Select(MqlMark.Of).OfType<MqlMark>().ToLookup(mark => CohortDays.DayOf(mark.At));
        var sals = before.Select(SalMark.Of).OfType<SalMark>().ToLookup(mark => CohortDays.DayOf(mark.At));
        using var rows = session.Query(Select);
        while (rows.Next())
        {
            var (day, isPacked) = (rows.Number(0), !rows.IsNull(1));
            var begun = Without(isPacked ? MemoryMarshal.Cast<byte, MqlMark>(rows.Bytes(1)) : CollectionsMarshal.AsSpan(CohortDays.Mqls(session, day)), mqls[day]);
            var accepted = Without(isPacked ? MemoryMarshal.Cast<byte, SalMark>(rows.Bytes(2)) : CollectionsMarshal.AsSpan(CohortDays.Sals(session, day)), sals[day]);
            foreach (var tally in tallies)
            {
                tally.Add(begun);
                tally.Add(accepted);
            }
        }
        foreach (var row in changed.Select(key => EpisodeQuery.One(session, key.LeadKey, key.Episode)).OfType<EpisodeRow>())
            foreach (var tally in tallies) tally.Add(row);
        return true;
    }

    /// <summary>Marks that are equal count alike: any of them may go.</summary>
    private static ReadOnlySpan<T> Without<T>(ReadOnlySpan<T> marks, IEnumerable<T> gone) where T : struct
    {
        List<T>? left = null;
        foreach (var mark in gone)
            (left ??= [.. marks]).Remove(mark);
        return left is null ? marks : CollectionsMarshal.AsSpan(left);
    }
}
