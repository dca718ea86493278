using CrmSync.Tests.Storage;
using CrmSync.Worker.Reports.History;

namespace CrmSync.Tests.Kpis;

/// <summary>What is too much for memory, in a file that nobody else sees.</summary>
public sealed class SpillFileTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_was_put_is_fetched_and_the_folder_shows_no_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There a file is seen until it is closed.");
        using var spill = new SpillFile(_directory.Name);
        var (first, second) = (spill.Put([1, 2, 3]), spill.Put([4, 5]));
        var bytes = new byte[2];
        spill.Fetch(second, bytes);
        Assert.Equal([4, 5], bytes);
        spill.Fetch(first + 1, bytes);
        Assert.Equal([2, 3], bytes);
        Assert.Empty(Directory.GetFiles(_directory.Name));
    }

    [Fact]
    public void A_folder_that_takes_none_is_a_fault_of_the_disk()
    {
        using var spill = new SpillFile(_directory.File("missing"));
        Assert.ThrowsAny<IOException>(() => spill.Put([1]));
    }
}
