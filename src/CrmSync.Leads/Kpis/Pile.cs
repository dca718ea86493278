using System.Runtime.CompilerServices;

namespace CrmSync.Leads.Kpis;

/// <summary>Many small things, kept in pieces: growing copies none of the old ones, and leaves no large arrays behind.</summary>
internal sealed class Pile<T> where T : struct
{
    private const int Fewest = 16;
    private const int MostBytes = 16 * 1024;
    private readonly List<T[]> _full = [];
    private T[] _last = [];
    private int _used;

    internal int Count { get; private set; }

    private static int MostInPiece => Math.Max(Fewest, MostBytes / Unsafe.SizeOf<T>());

    internal void Add(in T item)
    {
        if (_used == _last.Length)
            Grow();
        _last[_used++] = item;
        Count++;
    }

    /// <summary>All of them in one array, in the order in which they came; the pile is empty then.</summary>
    internal T[] TakeAll()
    {
        var (all, at) = (new T[Count], 0);
        foreach (var piece in _full)
        {
            piece.CopyTo(all, at);
            at += piece.Length;
        }
        _last.AsSpan(0, _used).CopyTo(all.AsSpan(at));
        _full.Clear();
        (_last, _used, Count) = ([], 0, 0);
        return all;
    }

    private void Grow()
    {
        if (_last.Length < MostInPiece)
        {
            Array.Resize(ref _last, Math.Clamp(_last.Length * 2, Fewest, MostInPiece));
            return;
        }
        _full.Add(_last);
        (_last, _used) = (new T[MostInPiece], 0);
    }
}
