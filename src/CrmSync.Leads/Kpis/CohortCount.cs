namespace CrmSync.Leads.Kpis;

/// <summary>
/// Of those who started, how many arrived within the horizon. Whoever started too late to tell is left out and counted as open,
/// whether arrived or not; otherwise the quick ones alone would speak for the young.
/// </summary>
internal sealed class CohortCount
{
    internal int Hits { get; private set; }
    internal int N { get; private set; }
    private int _open, _imported;

    internal void Add(bool isYoung, bool arrived, bool imported)
    {
        if (isYoung)
        {
            _open++;
            return;
        }
        N++;
        Hits += arrived ? 1 : 0;
        _imported += imported ? 1 : 0;
    }

    /// <summary>Counts many at once.</summary>
    internal void Add(int hits, int n, int open, int imported)
    {
        (Hits, N) = (Hits + hits, N + n);
        (_open, _imported) = (_open + open, _imported + imported);
    }

    /// <summary>Counts what another one counted.</summary>
    internal void Add(CohortCount other) => Add(other.Hits, other.N, other._open, other._imported);

    internal void Write(Sheet sheet, string id, string unit, params IEnumerable<KpiRemark> remarks) => sheet.Share(id, unit, Hits, N, _open, _imported, remarks);
}

/// <summary>As <see cref="CohortCount"/> by persons: the first or the latest episode of each. The episodes of one person come one after the other.</summary>
internal sealed class PersonCount(bool latest)
{
    private readonly CohortCount _count = new();
    private (string Lead, bool IsYoung, bool Arrived)? _last;

    internal void Add(string lead, bool isYoung, bool arrived)
    {
        if (_last is { } last && last.Lead == lead)
        {
            if (latest)
                _last = (lead, isYoung, arrived);
            return;
        }
        Flush();
        _last = (lead, isYoung, arrived);
    }

    /// <summary>Counts what another one counted, of other persons.</summary>
    internal void Add(PersonCount other)
    {
        other.Flush();
        _count.Add(other._count);
    }

    internal void Write(Sheet sheet, string id, params IEnumerable<KpiRemark> remarks)
    {
        Flush();
        _count.Write(sheet, id, "person", remarks);
    }

    private void Flush()
    {
        if (_last is { } last)
            _count.Add(last.IsYoung, last.Arrived, imported: false);
        _last = null;
    }
}
