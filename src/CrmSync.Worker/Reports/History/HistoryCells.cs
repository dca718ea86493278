using System.Text;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>The cells of one row, in UTF-8 and without the blanks around them; what nobody maps never becomes a text.</summary>
internal sealed class HistoryCells
{
    private (int From, int To)[] _places = new (int, int)[16];
    private byte[] _bytes = [], _own = [];

    /// <summary>The line, from 1, on which the row begins.</summary>
    public long Line { get; private set; }

    public int Count { get; private set; }

    /// <summary>What is wrong with the row, or null.</summary>
    public string? Fault { get; private set; }

    public ReadOnlySpan<byte> this[int cell] => Trimmed(_bytes.AsSpan(_places[cell].From, _places[cell].To - _places[cell].From));

    /// <summary>Begins a row whose cells lie in an array of somebody else's.</summary>
    public void Begin(long line, byte[] bytes) => (Line, Fault, _bytes, Count) = (line, null, bytes, 0);

    public void Add(int from, int to)
    {
        if (Count == _places.Length)
            Array.Resize(ref _places, Count * 2);
        _places[Count++] = (from, to);
    }

    /// <summary>Takes the cells of a row that was read letter by letter.</summary>
    public void Take(CsvReader row)
    {
        const char notDecoded = '\uFFFD';
        const int mostBytes = 3;
        if (_own.Length < row.Length * mostBytes)
            _own = new byte[row.Length * mostBytes * 2];
        var at = 0;
        Begin(row.Line, _own);
        Fault = row.Fault ?? (row.Holds(notDecoded) ? "The row is not UTF-8." : null);
        for (var cell = 0; Fault is null && cell < row.Cells; cell++)
        {
            var length = Encoding.UTF8.GetBytes(row[cell], _own.AsSpan(at));
            Add(at, at + length);
            at += length;
        }
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> cell)
    {
        const byte blank = (byte)' ', beyond = 0x80;
        // Nearly every cell begins and ends with a letter or a digit.
        while (cell.Length > 0 && cell[0] is <= blank or >= beyond && Rune.DecodeFromUtf8(cell, out var first, out var length) == default && Rune.IsWhiteSpace(first))
            cell = cell[length..];
        while (cell.Length > 0 && cell[^1] is <= blank or >= beyond && Rune.DecodeLastFromUtf8(cell, out var last, out var length) == default && Rune.IsWhiteSpace(last))
            cell = cell[..^length];
        return cell;
    }
}
