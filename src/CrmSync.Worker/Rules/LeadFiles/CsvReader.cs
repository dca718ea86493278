namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>
/// Reads delimited text (RFC 4180) row by row, in memory bounded by one row. Cells are handed out as spans: what nobody maps never
/// becomes a text. A row that breaks the rules carries a <see cref="Fault"/>, and reading goes on at the next line: one quote that is
/// never closed must not swallow the rest of a file.
/// </summary>
internal sealed class CsvReader(TextReader text, char delimiter)
{
    /// <summary>In characters.</summary>
    internal const int MaxCell = 32 * 1024;
    private const int MaxCells = 2_000;
    private const int MaxRow = 1024 * 1024;
    private const int End = -1;

    private readonly char[] _read = new char[32 * 1024];
    private readonly List<int> _ends = [];
    private char[] _row = new char[1024];
    private int _length, _next, _filled;
    private long _line = 1;

    /// <summary>The line, from 1, on which the row begins.</summary>
    internal long Line { get; private set; }

    internal int Cells => _ends.Count;

    /// <summary>What is wrong with the row, or null.</summary>
    internal string? Fault { get; private set; }

    internal ReadOnlySpan<char> this[int cell] => _row.AsSpan(cell == 0 ? 0 : _ends[cell - 1], _ends[cell] - (cell == 0 ? 0 : _ends[cell - 1]));

    /// <summary>Goes to the next row that is not blank; false at the end.</summary>
    internal bool Read()
    {
        do
        {
            if (Peek() == End)
                return false;
            (Line, _length, Fault) = (_line, 0, null);
            _ends.Clear();
            while (Cell())
            {
            }
        }
        while (Fault is null && _ends.Count == 1 && _length == 0);
        return true;
    }

    /// <summary>Reads one cell; true if another follows in this row.</summary>
    private bool Cell()
    {
        var start = _length;
        var closed = Peek() != '"' || Quoted(start);
        if (!closed)
            return false;
        while (true)
        {
            var c = Take();
            if (c == delimiter || c is '\n' or End)
                return Close(c == delimiter);
            if (_length - start >= MaxCell || _length >= MaxRow)
                return Abandon(c, $"A cell is longer than {MaxCell} characters, or its row than {MaxRow}.");
            Append((char)c);
        }
    }

    /// <summary>Reads from the opening quote to the closing one; false if the row had to be given up.</summary>
    private bool Quoted(int start)
    {
        Take();
        while (true)
        {
            var c = Take();
            if (c == '"' && Peek() != '"')
            {
                if (Peek() != delimiter && Peek() is not ('\n' or End))
                    Fault ??= "A quote within a quoted cell is not doubled.";
                return true;
            }
            if (c == '"')
                Take();
            if (c == End || _length - start >= MaxCell || _length >= MaxRow)
                return Abandon(c, $"A quote is not closed within {MaxCell} characters.");
            Append((char)c);
        }
    }

    private bool Close(bool more)
    {
        _ends.Add(_length);
        if (!more || _ends.Count < MaxCells)
            return more;
        return Abandon(delimiter, $"The row has more than {MaxCells} cells.");
    }

    /// <summary>Gives the row up and goes on behind the next line break.</summary>
    private bool Abandon(int last, string why)
    {
        while (last is not ('\n' or End))
            last = Take();
        Fault = _line > Line + 1 ? $"{why} Lines {Line} to {_line - 1} are left out." : why;
        return false;
    }

    private void Append(char c)
    {
        if (c == '\0')
            Fault ??= "The row holds NUL characters: save the file as UTF-8.";
        if (_length == _row.Length)
            Array.Resize(ref _row, _row.Length * 2);
        _row[_length++] = c;
    }

    /// <summary>The next character; every kind of line break is one line feed.</summary>
    private int Take()
    {
        var c = Peek();
        if (c == End)
            return End;
        _next++;
        if (c != '\n')
            return c;
        _line++;
        if (_read[_next - 1] == '\r' && PeekRaw() == '\n')
            _next++;
        return '\n';
    }

    private int Peek() => PeekRaw() is var c && c == '\r' ? '\n' : c;

    private int PeekRaw()
    {
        if (_next == _filled)
            (_next, _filled) = (0, text.Read(_read, 0, _read.Length));
        return _filled == 0 ? End : _read[_next];
    }
}
