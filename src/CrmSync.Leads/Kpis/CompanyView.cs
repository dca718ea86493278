using System.Runtime.InteropServices;

namespace CrmSync.Leads.Kpis;

/// <summary>Companies in place of persons: one starts with its first acceptance, and is won with the first sale to any of its people.</summary>
internal static class CompanyView
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>
    /// What stands for a company: 64 bits, odd, so that many millions are told apart. FNV-1a with a final mix; the names need not be kept.
    /// </summary>
    internal static long Print(string company)
    {
        var hash = Basis;
        foreach (var c in MemoryMarshal.Cast<char, ushort>(company.AsSpan()))
            hash = (hash ^ c) * Prime;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return (long)(hash ^ (hash >> 32)) | 1;
    }

    /// <param name="cohort">Is sorted by company.</param>
    /// <param name="young">Whoever started after this tick is too young to tell.</param>
    internal static CohortCount Of(List<Sale> cohort, long young, TimeSpan horizon)
    {
        cohort.Sort(static (a, b) => a.Company.CompareTo(b.Company));
        var count = new CohortCount();
        for (int i = 0, next; i < cohort.Count; i = next)
        {
            var (start, won, imported) = (Sale.Never, Sale.Never, false);
            for (next = i; next < cohort.Count && cohort[next].Company == cohort[i].Company; next++)
            {
                var sale = cohort[next];
                (start, won, imported) = (Math.Min(start, sale.AcceptedAt), Math.Min(won, sale.IsConversion ? sale.WonAt : Sale.Never), imported || sale.Imported);
            }
            count.Add(start > young, won != Sale.Never && won - start <= horizon.Ticks, imported);
        }
        return count;
    }
}
