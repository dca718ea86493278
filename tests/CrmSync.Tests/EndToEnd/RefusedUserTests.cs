using System.Text.Json;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What the user that a command runs as may not read or write: it is named, with a repair that gives nobody's folder away.</summary>
public sealed class RefusedUserTests : IDisposable
{
    private readonly ScratchDirectory _data = new();
    private readonly ScratchDirectory _other = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Open(_other.Name);
        foreach (var folder in Directory.GetDirectories(_other.Name))
            Open(folder);
        _data.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_that_may_not_be_read_ends_with_77(bool isFolderShut)
    {
        OnlyWhereModesCount();
        var folder = Directory.CreateDirectory(_other.File("backups")).FullName;
        var file = Path.Combine(folder, "crmsync-20260105T070000000Z.db");
        await File.WriteAllTextAsync(file, "x", Stop);
        Shut(isFolderShut ? folder : file);

        var (exit, json) = await PlainProgram.RunAsync("restore", file, "--data", _data.Name);

        Assert.Equal((77, "file-unreadable"), (exit, Code(json)));
        Assert.Contains(file, Problem(json, "problem"), StringComparison.Ordinal);
        Assert.Contains("install -o ", Problem(json, "repair"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_data.Name));
    }

    [Theory]
    [InlineData("nothing.db")]
    [InlineData("nowhere/nothing.db")]
    [InlineData(".")]
    public async Task A_backup_that_is_not_there_is_a_wrong_call(string name)
    {
        var (exit, json) = await PlainProgram.RunAsync("restore", _other.File(name), "--data", _data.Name);
        Assert.Equal((64, "usage"), (exit, Code(json)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_for_backups_that_is_shut_is_not_to_be_given_away(bool isThere)
    {
        OnlyWhereModesCount();
        await (await SqliteStore.OpenAsync(_data.Name, Stop)).DisposeAsync();
        var folder = isThere ? Directory.CreateDirectory(_other.File("disk")).FullName : _other.File("disk");
        Shut(isThere ? folder : _other.Name);

        var (exit, json) = await PlainProgram.RunAsync("backup", "--to", folder, "--data", _data.Name);

        Assert.Equal((74, "backup", "--to"), (exit, Code(json), Problem(json, "setting")));
        Assert.DoesNotContain("chown", Problem(json, "repair"), StringComparison.Ordinal);
        Assert.EndsWith(isThere ? $" {folder}/crmsync" : $" {folder}", Problem(json, "repair"), StringComparison.Ordinal);
        Assert.DoesNotContain("data directory", Problem(json, "problem"), StringComparison.OrdinalIgnoreCase);
    }

    private static void OnlyWhereModesCount()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("There are no modes of files here.");
    }

    private static void Shut(string path) => SetMode(path, UnixFileMode.None);

    private static void Open(string path) => SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static string? Code(JsonElement json) => json.GetProperty("error").GetProperty("code").GetString();

    private static string Problem(JsonElement json, string part) => json.GetProperty("error").GetProperty("problems")[0].GetProperty(part).GetString()!;
}
