namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Character by character, with quotes, every kind of line break, and what is wrong with them.</summary>
internal sealed partial class CsvReader
{
    private void Careful()
    {
        while (Cell())
        {
        }
        // It may have grown.
        _cells = _row;
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
            if (c == _delimiter || c is '\n' or End)
                return Close(c == _delimiter);
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
                if (Peek() != _delimiter && Peek() is not ('\n' or End))
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
        (_starts[_count], _ends[_count]) = (_count == 0 ? 0 : _ends[_count - 1], _length);
        _count++;
        if (!more || _count < MaxCells)
            return more;
        return Abandon(_delimiter, $"The row has more than {MaxCells} cells.");
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
            (_next, _filled) = (0, _text.Read(_read, 0, _read.Length));
        return _filled == 0 ? End : _read[_next];
    }
}
