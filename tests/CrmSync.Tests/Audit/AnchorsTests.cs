using CrmSync.Tests.Storage;
using CrmSync.Worker.Audit;

namespace CrmSync.Tests.Audit;

public sealed class AnchorsTests : IDisposable
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => _directory.File(Anchors.FileName);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Reads_what_was_appended()
    {
        Assert.Empty(await Anchors.ReadAsync(Path, Stop));
        await Anchors.AppendAsync(Path, T0, 1, "a1", Stop);
        await Anchors.AppendAsync(Path, T0.AddHours(1), 9, "b2", Stop);
        Assert.Equal([new("2026-01-05T07:00:00.000Z", 1, "a1"), new Anchor("2026-01-05T08:00:00.000Z", 9, "b2")], await Anchors.ReadAsync(Path, Stop));
    }

    [Fact]
    public async Task Writes_a_line_that_any_program_reads()
    {
        await Anchors.AppendAsync(Path, T0, 1, "a1", Stop);
        Assert.Equal("""{"at":"2026-01-05T07:00:00.000Z","sequence":1,"hash":"a1"}""" + "\n", await File.ReadAllTextAsync(Path, Stop));
    }

    [Fact]
    public async Task Passes_over_a_line_that_was_cut_by_a_kill()
    {
        await Anchors.AppendAsync(Path, T0, 1, "a1", Stop);
        await File.AppendAllTextAsync(Path, """{"at":"2026-01""", Stop);
        Assert.Single(await Anchors.ReadAsync(Path, Stop));
        await Anchors.AppendAsync(Path, T0, 2, "b2", Stop);
        Assert.Equal(2, (await Anchors.ReadAsync(Path, Stop))[^1].Sequence);
    }

    [Fact]
    public async Task Says_which_line_is_no_anchor()
    {
        await File.WriteAllTextAsync(Path, "not an anchor\n", Stop);
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => Anchors.ReadAsync(Path, Stop));
        Assert.Contains("line 1", failure.Message, StringComparison.Ordinal);
    }
}
