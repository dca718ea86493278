using System.Text.Json;
using CrmSync.Adapters.Pipedrive;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>Rows of pages wait for the reading that follows, and never stand for what was told of a lead later.</summary>
public sealed class PipedriveRowsTests
{
    private const string Lead = PipedriveHarness.Lead;
    private readonly FakeTimeProvider _time = new(PipedriveHarness.Start);
    private readonly PipedriveRows _rows;

    public PipedriveRowsTests() => _rows = new(_time);

    [Fact]
    public void A_row_is_taken_once()
    {
        _rows.Put(Row("07:00:00.000"));
        Assert.NotNull(_rows.Take(Lead));
        Assert.Null(_rows.Take(Lead));
    }

    [Fact]
    public void A_row_grows_old()
    {
        _rows.Put(Row("07:00:00.000"));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(_rows.Take(Lead));
    }

    [Theory]
    [InlineData("07:00:00.004", false)]
    [InlineData("07:00:00.005", true)]
    [InlineData("07:00:00.006", true)]
    public void A_page_that_is_older_than_an_event_brings_nothing_back(string shown, bool counts)
    {
        _rows.Put(Row("06:00:00.000"));
        _rows.Drop(Lead, Stamp("07:00:00.005"));
        _rows.Drop(Lead, Stamp("07:00:00.001")); // one that comes late changes nothing of it
        _rows.Drop(Lead);
        Assert.Null(_rows.Take(Lead));

        _rows.Put(Row(shown));

        Assert.Equal(counts, _rows.Take(Lead) is not null);
    }

    [Fact]
    public void A_page_that_is_older_than_another_page_brings_nothing_back()
    {
        _rows.Put(Row("07:00:00.005"));
        _rows.Put(Row("07:00:00.004"));
        Assert.Equal(Stamp("07:00:00.005"), _rows.Take(Lead)!["update_time"]);
        _rows.Put(Row("07:00:00.004"));
        Assert.Null(_rows.Take(Lead));
    }

    private static string Stamp(string time) => $"2026-01-05T{time}Z";

    private static PipedriveRecord Row(string time) =>
        JsonSerializer.Deserialize<PipedriveRecord>($$"""{"id":"{{Lead}}","update_time":"{{Stamp(time)}}"}""", PipedriveJson.Options)!;
}
