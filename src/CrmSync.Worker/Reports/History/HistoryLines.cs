using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>
/// The rows of whole lines in which nothing is quoted: a cell ends where a comma or the line does. Both are looked for in 32 letters at once.
/// </summary>
internal sealed class HistoryLines(byte[] bytes, (int Begin, int End) place, long line)
{
    /// <summary>Bytes behind the lines that are looked at too: the array must have them.</summary>
    public const int Beyond = 32;
    private int _window = place.Begin - Beyond, _next = place.Begin;
    private uint _marks;

    /// <summary>Goes to the next row that is not blank; false at the end.</summary>
    public bool Read(HistoryCells cells)
    {
        while (_next < place.End)
        {
            var (begin, from, end) = (_next, _next, 0);
            cells.Begin(line++, bytes);
            do
            {
                end = NextMark();
                cells.Add(from, end);
                from = end + 1;
            }
            while (end < place.End && bytes[end] == ',');
            _next = from;
            if (end - begin >= CsvReader.MaxCell)
                Long(cells, begin, end);
            if (cells.Count > 1 || cells.Fault is not null || (end > begin && (end > begin + 1 || bytes[begin] != '\r')))
                return true;
        }
        return false;
    }

    /// <summary>Where the next comma or line break stands, or the end.</summary>
    // Vectors so wide are not compiled ahead, and a million calls do not wait until they are compiled well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NextMark()
    {
        while (_marks == 0)
        {
            _window += Beyond;
            if (_window >= place.End)
                return place.End;
            var letters = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(bytes), (nuint)_window);
            _marks = (Vector256.Equals(letters, Vector256.Create((byte)',')) | Vector256.Equals(letters, Vector256.Create((byte)'\n'))).ExtractMostSignificantBits();
            if (place.End - _window < Beyond)
                _marks &= (1u << (place.End - _window)) - 1;
        }
        var mark = _window + BitOperations.TrailingZeroCount(_marks);
        _marks &= _marks - 1;
        return mark;
    }

    /// <summary>A line so long that it may be none: what is wrong with it is said as everywhere.</summary>
    private void Long(HistoryCells cells, int begin, int end)
    {
        var row = new CsvReader(new StringReader(Encoding.UTF8.GetString(bytes, begin, end - begin)), ',', cells.Line);
        if (row.Read())
            cells.Take(row);
    }
}
