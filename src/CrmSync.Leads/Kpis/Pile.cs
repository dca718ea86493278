using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CrmSync.Leads.Kpis;

/// <summary>Many small things, kept in pieces: growing copies none of the old ones, and leaves no large arrays behind.</summary>
/// <param name="spill">Takes the pieces beyond some megabytes; null: all are kept in memory.</param>
internal sealed class Pile<T>(ISpill? spill = null) where T : unmanaged
{
    private const int Fewest = 16;
    private const int MostBytes = 16 * 1024;
    private const int MostKept = 256;
    private readonly List<Piece> _full = [];
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

    /// <summary>Takes all of another one with the same spill, which is empty then.</summary>
    internal void Add(Pile<T> other)
    {
        _full.AddRange(other._full);
        _full.Add(new(other._last, other._used, 0));
        Count += other.Count;
        other._full.Clear();
        (other._last, other._used, other.Count) = ([], 0, 0);
    }

    /// <summary>All of them, a piece at a time; each is to be done with before the next is asked for. They may be looked through again and again.</summary>
    internal IEnumerable<ArraySegment<T>> Pieces()
    {
        T[] room = [];
        foreach (var piece in _full)
        {
            if (piece.Items is null && room.Length == 0)
                room = new T[MostInPiece];
            if (piece.Items is null)
                spill!.Fetch(piece.Place, MemoryMarshal.AsBytes(room.AsSpan(0, piece.Count)));
            yield return new(piece.Items ?? room, 0, piece.Count);
        }
        yield return new(_last, 0, _used);
    }

    private void Grow()
    {
        if (_last.Length < MostInPiece)
        {
            Array.Resize(ref _last, Math.Clamp(_last.Length * 2, Fewest, MostInPiece));
            return;
        }
        if (spill is not null && _full.Count >= MostKept)
        {
            _full.Add(new(null, _used, spill.Put(MemoryMarshal.AsBytes(_last.AsSpan()))));
        }
        else
        {
            _full.Add(new(_last, _used, 0));
            _last = new T[MostInPiece];
        }
        _used = 0;
    }

    /// <param name="Items">Null: they were spilled.</param>
    private readonly record struct Piece(T[]? Items, int Count, long Place);
}
