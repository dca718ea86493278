using System.Buffers;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Reads delimited text (RFC 4180) row by row, in memory bounded by one row. Cells are handed out as spans: what nobody maps never
/// becomes a text. A row that breaks the rules carries a <see cref="Fault"/>, and reading goes on at the next line: one quote that is
/// never closed must not swallow the rest of a file.
/// </summary>
internal sealed partial class CsvReader
{
    /// <summary>In characters.</summary>
    internal const int MaxCell = 32 * 1024;
    private const int MaxCells = 2_000;
    private const int MaxRow = 1024 * 1024;
    private const int End = -1;

    // A line without these ends where it ends, and its cells where the delimiters stand.
    private static readonly SearchValues<char> Special = SearchValues.Create("\"\r\0");
    private readonly TextReader _text;
    private readonly char _delimiter;
    private readonly char[] _read;
    private readonly int[] _starts = new int[MaxCells], _ends = new int[MaxCells];
    private char[] _row = new char[1024], _cells;
    private int _count, _length, _next, _filled;
    private long _line;

    /// <param name="line">The line, from 1, with which the text begins.</param>
    internal CsvReader(TextReader text, char delimiter, long line = 1) : this(text, new char[64 * 1024], 0, delimiter, line)
    {
    }

    /// <param name="text">All there is; it is read where it lies, and no longer whole afterwards.</param>
    internal CsvReader(ArraySegment<char> text, char delimiter, long line) : this(TextReader.Null, text.Array!, text.Count, delimiter, line)
    {
    }

    private CsvReader(TextReader text, char[] read, int filled, char delimiter, long line) =>
        (_text, _read, _filled, _delimiter, _line, _cells) = (text, read, filled, delimiter, line, _row);

    /// <summary>The line, from 1, on which the row begins.</summary>
    internal long Line { get; private set; }

    internal int Cells => _count;

    /// <summary>Of all cells together, with what stands between them.</summary>
    internal int Length => _count == 0 ? 0 : _ends[_count - 1] - _starts[0];

    /// <summary>What is wrong with the row, or null.</summary>
    internal string? Fault { get; private set; }

    internal ReadOnlySpan<char> this[int cell] => _cells.AsSpan(_starts[cell], _ends[cell] - _starts[cell]);

    /// <summary>Whether any cell of the row holds a character, which is not the delimiter.</summary>
    internal bool Holds(char c) => _count > 0 && _cells.AsSpan(_starts[0], _ends[_count - 1] - _starts[0]).Contains(c);

    /// <summary>Goes to the next row that is not blank; false at the end.</summary>
    internal bool Read()
    {
        do
        {
            if (Peek() == End)
                return false;
            (Line, _count, _length, Fault) = (_line, 0, 0, null);
            if (!Plain())
                Careful();
        }
        while (Fault is null && _count == 1 && _ends[0] == _starts[0]);
        return true;
    }

    /// <summary>Takes a line as it lies there, which nearly every one allows; false if it wants to be read character by character.</summary>
    private bool Plain()
    {
        var rest = _read.AsSpan(_next, _filled - _next);
        var length = rest.IndexOf('\n');
        if (length < 0)
            length = Refilled();
        if (length is < 0 or >= MaxCell)
            return false;
        var line = _read.AsSpan(_next, length);
        if (line is [.., '\r'])
            line = line[..^1];
        if (line.ContainsAny(Special))
            return false;
        for (var start = _next; ;)
        {
            var cell = line.IndexOf(_delimiter);
            (_starts[_count], _ends[_count]) = (start, start + (cell < 0 ? line.Length : cell));
            _count++;
            if (cell < 0)
                break;
            if (_count == MaxCells)
            {
                _count = 0;
                return false;
            }
            line = line[(cell + 1)..];
            start += cell + 1;
        }
        (_cells, _next, _line) = (_read, _next + length + 1, _line + 1);
        return true;
    }

    /// <summary>Moves the rest to the front and reads on; where the line then ends, or -1.</summary>
    private int Refilled()
    {
        _read.AsSpan(_next, _filled - _next).CopyTo(_read);
        (_next, _filled) = (0, _filled - _next);
        while (_filled < _read.Length && _text.Read(_read, _filled, _read.Length - _filled) is > 0 and var more)
        {
            var found = _read.AsSpan(_filled, more).IndexOf('\n');
            _filled += more;
            if (found >= 0)
                return _filled - more + found;
        }
        return -1;
    }
}
