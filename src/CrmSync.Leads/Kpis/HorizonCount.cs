namespace CrmSync.Leads.Kpis;

/// <summary>
/// A <see cref="CohortCount"/> at every horizon that may be taken: which one it is shows only when all sales are known, and until then
/// a few counts stand for any number of cases.
/// </summary>
internal sealed class HorizonCount(Horizons horizons)
{
    private const int MostWaiting = 512;
    private const int Bits = 10;

    // Below some hundreds the cases themselves take less room than the counts: there may be many groups, and most are small.
    private readonly List<int> _waiting = [];
    private int[]? _aged, _agedImported, _begins, _ends;

    /// <param name="age">Ticks from the start to the cut-off, 0 or more.</param>
    /// <param name="took">Ticks from the start to the arrival; null: it has not come.</param>
    internal void Add(long age, long? took, bool imported)
    {
        var reaching = took is { } ticks ? horizons.Reaching(ticks) : horizons.Count;
        Wait((horizons.Within(age) << (Bits + 1)) | (reaching << 1) | (imported ? 1 : 0));
    }

    /// <summary>Counts what another one counted, by the same horizons.</summary>
    internal void Add(HorizonCount other)
    {
        foreach (var packed in other._waiting)
            Wait(packed);
        if (other._aged is null)
            return;
        Widen();
        foreach (var (mine, theirs) in new[] { (_aged!, other._aged), (_agedImported!, other._agedImported!), (_begins!, other._begins!), (_ends!, other._ends!) })
            for (var i = 0; i < mine.Length; i++)
                mine[i] += theirs[i];
    }

    /// <exception cref="ArgumentOutOfRangeException">The horizon is none of those that were counted.</exception>
    internal CohortCount At(TimeSpan horizon)
    {
        var (count, place) = (new CohortCount(), horizons.PlaceOf(horizon));
        if (_aged is not null)
        {
            var (n, imported) = (Sum(_aged, place + 1, _aged.Length), Sum(_agedImported!, place + 1, _aged.Length));
            count.Add(Sum(_begins!, 0, place + 1) - Sum(_ends!, 0, place + 1), n, Sum(_aged, 0, place + 1), imported);
        }
        foreach (var packed in _waiting)
            count.Add(Aged(packed) <= place, Reached(packed) <= place, (packed & 1) != 0);
        return count;
    }

    private void Wait(int packed)
    {
        _waiting.Add(packed);
        if (_waiting.Count == MostWaiting)
            Spread();
    }

    private void Widen()
    {
        var places = horizons.Count + 1;
        (_aged, _agedImported) = (_aged ?? new int[places], _agedImported ?? new int[places]);
        (_begins, _ends) = (_begins ?? new int[places], _ends ?? new int[places]);
    }

    private void Spread()
    {
        Widen();
        foreach (var packed in _waiting)
        {
            var (aged, reached) = (Aged(packed), Reached(packed));
            _aged![aged]++;
            _agedImported![aged] += packed & 1;
            // A hit at every horizon that is long enough for it and that the case has outlived.
            if (reached >= aged)
                continue;
            _begins![reached]++;
            _ends![aged]++;
        }
        _waiting.Clear();
    }

    private static int Sum(int[] counts, int from, int to)
    {
        var sum = 0;
        for (var i = from; i < to; i++)
            sum += counts[i];
        return sum;
    }

    private static int Aged(int packed) => packed >> (Bits + 1);

    private static int Reached(int packed) => (packed >> 1) & ((1 << Bits) - 1);
}
