using CrmSync.Tests.Storage;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Tests.Commands;

/// <summary>What becomes of a file that a command writes.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();

    private string Path => System.IO.Path.Combine(_directory.Name, "out.csv");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Takes_the_place_of_the_one_before()
    {
        await File.WriteAllTextAsync(Path, "a longer text before", TestContext.Current.CancellationToken);
        Assert.Equal(3, await OutputFile.WriteAsync(Path, Write("new")));
        Assert.Equal("new", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        Assert.Equal([Path], Directory.GetFiles(_directory.Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaves_what_was_there_when_it_is_broken_off(bool isThere)
    {
        if (isThere)
            await File.WriteAllTextAsync(Path, "before", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<OperationCanceledException>(() => OutputFile.WriteAsync<int>(Path, async stream =>
        {
            await Write("half")(stream);
            throw new OperationCanceledException();
        }));
        Assert.Equal(isThere ? [Path] : [], Directory.GetFiles(_directory.Name));
        Assert.Equal(isThere ? "before" : null, isThere ? await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken) : null);
    }

    [Fact]
    public async Task Follows_a_link_and_leaves_it_one()
    {
        await File.WriteAllTextAsync(Path, "before", TestContext.Current.CancellationToken);
        var link = Path + ".link";
        File.CreateSymbolicLink(link, Path);
        await OutputFile.WriteAsync(link, Write("new"));
        Assert.Equal("new", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        Assert.NotNull(File.ResolveLinkTarget(link, returnFinalTarget: false));
    }

    [Fact]
    public async Task Writes_a_device_straight()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "There is no device to write to.");
        Assert.Equal(3, await OutputFile.WriteAsync("/dev/null", Write("new")));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    private static Func<Stream, Task<int>> Write(string text) => async stream =>
    {
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        return text.Length;
    };
}
