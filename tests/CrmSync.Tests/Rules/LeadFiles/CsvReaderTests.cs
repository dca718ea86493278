using CrmSync.Worker.Rules.LeadFiles;
using CsCheck;

namespace CrmSync.Tests.Rules.LeadFiles;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a;b\nc;d", "a|b", "c|d")]
    [InlineData("a;b\r\nc;d\r\n", "a|b", "c|d")]
    [InlineData("a\rb", "a", "b")]
    [InlineData("a;\n;b\n", "a|", "|b")]
    [InlineData("\n\na\n\n", "a")]
    [InlineData("\"a;b\";\"say \"\"hi\"\"\"\n\"two\r\nlines\";x", "a;b|say \"hi\"", "two\nlines|x")]
    [InlineData("5\" pipe;x", "5\" pipe|x")]
    [InlineData("")]
    public void Reads_cells(string text, params string[] rows) => Assert.Equal(rows, All(text).Select(row => row.Fault ?? row.Cells));

    [Fact]
    public void Knows_the_line_on_which_a_row_begins() =>
        Assert.Equal([1, 2, 4, 6], All("a\n\"b\nc\"\nd\n\ne").Select(row => row.Line));

    [Fact]
    public void Gives_up_a_row_whose_quote_is_never_closed_and_goes_on()
    {
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"row {i};x\n"));
        var rows = All($"a;b\n\"open;x\n{lines}last;row\n");
        Assert.Equal("a|b", rows[0].Cells);
        Assert.Contains("Lines 2 to", rows[1].Fault, StringComparison.Ordinal);
        Assert.All(rows[2..], row => Assert.Null(row.Fault));
        Assert.Equal("last|row", rows[^1].Cells);
        Assert.True(rows.Count > 6_000);
    }

    [Fact]
    public void Keeps_a_cell_and_a_row_within_bounds()
    {
        var rows = All($"{new string('x', CsvReader.MaxCell + 1)};a\n{string.Concat(Enumerable.Repeat("y;", 5_000))}\nb;c");
        Assert.Equal(3, rows.Count);
        Assert.NotNull(rows[0].Fault);
        Assert.NotNull(rows[1].Fault);
        Assert.Equal("b|c", rows[2].Cells);
    }

    [Theory]
    [InlineData("\"a\"b;c\nd;e")]
    [InlineData("\"a\" ;c\nd;e")]
    public void Faults_a_quote_that_is_not_doubled(string text)
    {
        var rows = All(text);
        Assert.NotNull(rows[0].Fault);
        Assert.Equal("d|e", rows[1].Cells);
    }

    [Fact]
    public void Reads_back_what_was_written_by_the_book() =>
        Gen.String[Gen.Char["ab\"; \n"], 0, 6].Array[1, 4].Array[1, 5].Sample(rows =>
        {
            var text = string.Join('\n', rows.Select(row => string.Join(';', row.Select(cell => $"\"{cell.Replace("\"", "\"\"")}\""))));
            var read = All(text);
            var written = rows.Where(row => row.Length > 1 || row[0].Length > 0).Select(row => string.Join('|', row));
            return read.Select(row => row.Fault ?? row.Cells).SequenceEqual(written);
        });

    private static List<(long Line, string Cells, string? Fault)> All(string text)
    {
        var reader = new CsvReader(new StringReader(text), ';');
        var rows = new List<(long, string, string?)>();
        while (reader.Read())
            rows.Add((reader.Line, string.Join('|', Enumerable.Range(0, reader.Cells).Select(cell => reader[cell].ToString())), reader.Fault));
        return rows;
    }
}
