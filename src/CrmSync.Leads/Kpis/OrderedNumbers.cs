using System.Numerics;

namespace CrmSync.Leads.Kpis;

/// <summary>
/// Numbers by their rank, ordered no further than the questions need. By their first bits they fall into stretches of some hundreds, and
/// of those only the ones that are asked for are sorted, which takes a tenth of sorting all. However many there are, no more than a
/// window of stretches is held beside the pile.
/// </summary>
/// <param name="pile">Must not change any more.</param>
internal sealed class OrderedNumbers(Pile<long> pile)
{
    // A window of two megabytes lies within the processor's cache; beyond some dozens of them it pays to look the pile through less often.
    private const int LeastInWindow = 1 << 18;
    private const int MostWindows = 32;

    // Numbers that differ in their last bits alone lie in one stretch.
    private const int Together = 2;
    private const int PerStretch = 256;
    private const int MostStretches = 1 << 16;
    private long _base;
    private int _shift;

    // How many lie before each stretch, and behind the last of them all.
    private int[]? _before;
    private long[] _window = [];
    private bool[] _sorted = [];
    private int _from, _to;

    internal int Count => pile.Count;

    /// <summary>The number of a rank, from 0.</summary>
    internal long this[int rank]
    {
        get
        {
            var before = Prepare();
            var place = Array.BinarySearch(before, rank);
            if (place < 0)
                place = ~place - 1;
            // Of stretches that begin alike all but the last are empty.
            while (before[place + 1] == before[place])
                place++;
            return Stretch(place)[rank - before[place]];
        }
    }

    /// <summary>All of them in ascending order; equal ones are together, and so are those that differ in their last two bits alone.</summary>
    internal IEnumerable<ArraySegment<long>> Stretches()
    {
        for (var (before, stretch) = (Prepare(), 0); stretch < before.Length - 1; stretch++)
            if (before[stretch + 1] > before[stretch])
                yield return Stretch(stretch);
    }

    /// <summary>Looks them through once, which is most of the work of the first question.</summary>
    internal int[] Prepare()
    {
        if (_before is { } known)
            return known;
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var piece in pile.Pieces())
            foreach (var number in piece.AsSpan())
                (least, most) = (Math.Min(least, number), Math.Max(most, number));
        var bits = Math.Clamp(BitOperations.Log2((uint)(Count / PerStretch) | 1) + 1, 0, BitOperations.Log2(MostStretches));
        _base = least >> Together << Together;
        var width = Count == 0 ? 0 : BitOperations.Log2((ulong)(most - _base) | 1) + 1;
        _shift = Math.Max(Together, width - bits);
        var before = new int[Count == 0 ? 1 : StretchOf(most) + 2];
        foreach (var piece in pile.Pieces())
            foreach (var number in piece.AsSpan())
                before[StretchOf(number) + 1]++;
        for (var i = 1; i < before.Length; i++)
            before[i] += before[i - 1];
        return _before = before;
    }

    private int StretchOf(long number) => (int)((ulong)(number - _base) >> _shift);

    private ArraySegment<long> Stretch(int stretch)
    {
        var before = _before!;
        if (stretch < _from || stretch >= _to)
            Fill(stretch);
        var numbers = new ArraySegment<long>(_window, before[stretch] - before[_from], before[stretch + 1] - before[stretch]);
        if (!_sorted[stretch - _from])
            numbers.AsSpan().Sort();
        _sorted[stretch - _from] = true;
        return numbers;
    }

    /// <summary>Gathers as many stretches from one on as a window holds, and one at least.</summary>
    private void Fill(int stretch)
    {
        var (before, most) = (_before!, Math.Max(LeastInWindow, Count / MostWindows));
        // All of them, where they fit.
        (_from, _to) = Count <= most ? (0, before.Length - 1) : (stretch, stretch + 1);
        while (_to < before.Length - 1 && before[_to + 1] - before[_from] <= most)
            _to++;
        var count = before[_to] - before[_from];
        if (_window.Length < count)
            _window = new long[count];
        _sorted = new bool[_to - _from];
        var next = before.AsSpan(_from, _to - _from).ToArray();
        foreach (var piece in pile.Pieces())
            foreach (var number in piece.AsSpan())
                if (StretchOf(number) - _from is >= 0 and var place && place < next.Length)
                    _window[next[place]++ - before[_from]] = number;
    }
}
