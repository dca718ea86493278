using System.Text;
using CrmSync.Leads.Kpis;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Reports.History;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Tests.Kpis;

public sealed class HistoryFileTests : IDisposable
{
    private const string Header = "lead_id,company_id,stage,entered_at\n";
    private readonly ScratchDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("L1,C1,MarketingQualified", "cells")]
    [InlineData("L1,C1,MarketingQualified,2026-01-05,more", "cells")]
    [InlineData("L1,C1,MarketingQualified;2026-01-05", "cells")]
    [InlineData("L1", "cells")]
    [InlineData(",,,", "no id")]
    [InlineData(" ,C1,MarketingQualified,2026-01-05", "no id")]
    [InlineData("\"\",C1,MarketingQualified,2026-01-05", "no id")]
    [InlineData("L1,C1,,2026-01-05", "stage is none")]
    [InlineData("L1,C1,marketingqualified,2026-01-05", "stage is none")]
    [InlineData("L1,C1,MQL,2026-01-05", "stage is none")]
    [InlineData("L1,C1,1,2026-01-05", "stage is none")]
    [InlineData("L1,C1,Won,2026-01-05", "stage is none")]
    [InlineData("L1,C1,Marketing Qualified,2026-01-05", "stage is none")]
    [InlineData("L1,C1,\"Lead,Customer\",2026-01-05", "stage is none")]
    [InlineData("L1,C1,AwaitingDecision,2026-01-05", "stage is none")]
    [InlineData("L1,C1,2026-01-05,MarketingQualified", "stage is none")]
    [InlineData("L1,C1,Lead,", "a date or an instant")]
    [InlineData("L1,C1,Lead,today", "a date or an instant")]
    [InlineData("L1,C1,Lead,05-01-2026", "a date or an instant")]
    [InlineData("L1,C1,Lead,05/01/2026", "a date or an instant")]
    [InlineData("L1,C1,Lead,5.1.2026", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-1-5", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-13-01", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-02-29", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-00-10", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-01-05T24:00:00Z", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-01-05T10:60:00Z", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-01-05T10:00:61Z", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-01-05T10:00:00+99:00", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-01-05 10", "a date or an instant")]
    [InlineData("L1,C1,Lead,20260105", "a date or an instant")]
    [InlineData("L1,C1,Lead,1767600000", "a date or an instant")]
    [InlineData("L1,C1,Lead,1767600000000", "a date or an instant")]
    [InlineData("L1,C1,Lead,45000.5", "a date or an instant")]
    [InlineData("L1,C1,Lead,1899-12-31", "a date or an instant")]
    [InlineData("L1,C1,Lead,9999-12-31", "a date or an instant")]
    [InlineData("L1,C1,Lead,NULL", "a date or an instant")]
    [InlineData("L1,C1,Lead,2026-W02", "a date or an instant")]
    [InlineData("\"L\"1,C1,Lead,2026-01-05", "not doubled")]
    [InlineData("L1,\"C\"1\",Lead,2026-01-05", "not doubled")]
    [InlineData("L\0,C1,Lead,2026-01-05", "NUL")]
    public async Task Lists_a_bad_row_by_its_line_and_leaves_it_out(string row, string why)
    {
        var (file, rows) = await ReadAsync(Header + "L9,,MarketingQualified,2026-01-01\n" + row + "\nL9,,SalesAccepted,2026-01-03\n");
        Assert.Equal((1, 3L), (file.Problems.Count, file.Problems.First[0].Line));
        Assert.Contains(why, file.Problems.First[0].Message, StringComparison.Ordinal);
        Assert.Equal(Day(3), Assert.Single(rows).AcceptedAt);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_swallow_the_file()
    {
        var (file, rows) = await ReadAsync(Header + "\"L1,C1,Lead,2026-01-05\n" + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"K{i},,MarketingQualified,2026-01-05\n")));
        Assert.Equal(1, file.Problems.Count);
        Assert.True(rows.Count > 1_500);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_a_bad_row()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + "L1,C1,Lead,2026-01-05\nL2,"), 0xE6, 0xF8, .. Encoding.UTF8.GetBytes(",Lead,2026-01-05\nLæ,Cø,Lead,2026-01-06\n")];
        var file = (await ReadAsync(bytes)).File;
        Assert.Equal((2L, 1L, 3L), (file.Rows, file.Problems.Count, file.Problems.First[0].Line));
    }

    [Fact]
    public async Task A_file_that_is_UTF16_is_refused_with_its_repair()
    {
        var refused = await Assert.ThrowsAsync<LeadFileException>(() => ReadAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Header)]));
        Assert.Contains("UTF-8", refused.Problems[0].Repair, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lead_id;company_id;stage;entered_at\n")]
    [InlineData("lead_id,company_id,stage\n")]
    [InlineData("lead_id,company_id,stage,entered_at,stage\n")]
    [InlineData("L1,C1,Lead,2026-01-05\n")]
    public Task A_header_that_is_none_is_refused(string text) => Assert.ThrowsAsync<LeadFileException>(() => ReadAsync(text));

    [Theory]
    [InlineData("2026-01-03", "2026-01-03T00:00:00Z")]
    [InlineData("2026-01-03T10:15:00Z", "2026-01-03T10:15:00Z")]
    [InlineData("2026-01-03T10:15:00.250Z", "2026-01-03T10:15:00.250Z")]
    [InlineData("2026-01-03 10:15:00", "2026-01-03T10:15:00Z")]
    [InlineData("2026-01-03T10:15:00+01:00", "2026-01-03T09:15:00Z")]
    [InlineData(" 2026-01-03 ", "2026-01-03T00:00:00Z")]
    [InlineData("\"2026-01-03\"", "2026-01-03T00:00:00Z")]
    public async Task Reads_instants_in_UTC(string text, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), (await ReadAsync($"{Header}L1,,MarketingQualified,{text}\n")).Rows[0].MqlAt);

    [Fact]
    public async Task Takes_columns_in_any_order_a_mark_before_the_first_and_line_breaks_of_any_kind()
    {
        var text = "\uFEFFowner,entered_at,stage,source,note,lead_id,company_id\r\n\"Bo \"\"B\"\"\",2026-01-02,MarketingQualified,\"web, paid\",\"two\r\nlines\",L1,\r\nAnna,2026-01-03,SalesAccepted,,,L1,\r\n";
        var row = Assert.Single((await ReadAsync(Encoding.UTF8.GetBytes(text))).Rows);
        Assert.Equal((Day(2), Day(3), "web, paid", "Anna", null, 0UL), (row.MqlAt, row.AcceptedAt, row.Source, row.Owner, row.Company, row.CompanyPrint));
    }

    [Fact]
    public async Task Takes_equal_instants_in_the_order_of_stages()
    {
        var row = Assert.Single((await ReadAsync(Header + "L1,,Customer,2026-01-02\nL1,,SalesAccepted,2026-01-02\nL1,,MarketingQualified,2026-01-02\n")).Rows);
        Assert.Equal((Day(2), Day(2), Day(2), false), (row.MqlAt, row.AcceptedAt, row.WonAt, row.AcceptanceInferred));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Reads_the_same_however_the_file_is_cut(string lineBreak)
    {
        string[] ids = ["L1", "\u00C6ble-1", "00Q5g00000ABCDEFGHI", "x", " spaced ", "\u00A0wide\u3000", "\"quoted\"", "a longer id than the others are"];
        var random = new Random(9);
        for (var round = 0; round < 60; round++)
        {
            // The first ones without a quote, a NUL and what else wants to be read letter by letter.
            var known = ids[..(round < 30 ? 6 : ids.Length)];
            var lines = Enumerable.Range(0, 40).Select(_ => random.Next(12) switch
            {
                0 => "",
                1 => "L2,,Nonsense,2026-01-01,web,o",
                2 => "only,three,cells",
                3 when round > 20 => "N\0UL,,Lead,2026-01-01,web,o",
                _ => $"{known[random.Next(known.Length)]},C{random.Next(3)},{Enum.GetNames<HistoryStage>()[random.Next(14)]},2026-0{random.Next(1, 9)}-1{random.Next(9)}T1{random.Next(9)}:00:00Z,s\u00F8g,o{random.Next(9)}",
            });
            await ReadAsync($"lead_id,company_id,stage,entered_at,source,owner{lineBreak}{string.Join(lineBreak, lines)}{(round % 2 == 0 ? lineBreak : "")}");
        }
    }

    [Fact]
    public async Task Blanks_around_a_cell_are_none_of_it()
    {
        var (file, rows) = await ReadAsync("lead_id,company_id,stage,entered_at\n" + "L9,,Lead,2026-01-01\n\u00A0L1\u3000,\tC1 , MarketingQualified ,2026-01-02\n L1,C1,SalesAccepted,2026-01-03\n");
        Assert.Equal((0, Day(2), Day(3)), (file.Problems.Count, Assert.Single(rows).MqlAt, rows[0].AcceptedAt));
    }

    [Fact]
    public async Task Keeps_the_leads_of_two_connections_apart()
    {
        var rows = (await ReadAsync("lead_id,company_id,stage,entered_at,connection\n1,c,MarketingQualified,2026-01-02,eu\n1,c,MarketingQualified,2026-01-02,us\n")).Rows;
        Assert.Equal(["eu", "us"], rows.Select(row => row.Connection).Order());
        Assert.Equal(2, rows.Select(row => row.CompanyPrint).Distinct().Count());
    }

    [Fact]
    public async Task Gives_the_same_when_it_has_to_spill_and_in_any_order_of_rows()
    {
        var random = new Random(4);
        var lines = Enumerable.Range(0, 5_000).Select(i => $"L{random.Next(900)},C{random.Next(200)},{Enum.GetNames<HistoryStage>()[random.Next(14)]},2026-0{random.Next(1, 9)}-1{random.Next(9)}\n").ToArray();
        var whole = Print((await ReadAsync(Header + string.Concat(lines))).Rows);
        random.Shuffle(lines);
        Assert.Equal(whole, Print((await ReadAsync(Encoding.UTF8.GetBytes(Header + string.Concat(lines)), mostInMemory: 333)).Rows));
    }

    // Which company a lead is at, where the file names several at one instant, is nobody's business here.
    private static List<string> Print(List<EpisodeRow> rows) => [.. rows.Select(row => $"{row with { LeadKey = "", Company = null, CompanyPrint = 0 }}").Order(StringComparer.Ordinal)];

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private Task<(HistoryFile File, List<EpisodeRow> Rows)> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>In one stretch and in very short ones, all leads at once and in parts, which must make no difference.</summary>
    private async Task<(HistoryFile File, List<EpisodeRow> Rows)> ReadAsync(byte[] bytes, int mostInMemory = HistorySorter.MostInMemory)
    {
        var whole = await ReadAsync(bytes, mostInMemory, HistoryChunks.UsualSize, parts: 1);
        var cut = await ReadAsync(bytes, mostInMemory, 64, parts: 5);
        Assert.Equal((whole.File.Rows, whole.File.Leads, whole.File.Latest), (cut.File.Rows, cut.File.Leads, cut.File.Latest));
        Assert.Equal((whole.File.Episodes, whole.File.AcceptedFirst), (cut.File.Episodes, cut.File.AcceptedFirst));
        Assert.Equal(whole.File.Problems.First, cut.File.Problems.First);
        Assert.Equal(whole.File.Problems.Reasons, cut.File.Problems.Reasons);
        Assert.Equal(whole.Rows, cut.Rows);
        return whole;
    }

    private async Task<(HistoryFile File, List<EpisodeRow> Rows)> ReadAsync(byte[] bytes, int mostInMemory, int chunkSize, int parts)
    {
        var path = _directory.File("history.csv");
        await File.WriteAllBytesAsync(path, bytes);
        using var file = await HistoryFile.ReadAsync(path, default, mostInMemory, chunkSize, parts);
        return (file, [.. file.Parts.SelectMany(part => part.Fold(default))]);
    }
}
