using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>A fresh place for the demo's data; never over data that the demo did not make.</summary>
internal static class DemoDirectory
{
    private const string Mark = "demo-data";

    /// <param name="wanted">Null: a new directory among the temporary ones.</param>
    public static string Prepare(string? wanted)
    {
        var directory = wanted is null ? Directory.CreateTempSubdirectory("crmsync-demo-").FullName : Path.GetFullPath(wanted);
        try
        {
            Directory.CreateDirectory(directory);
            if (File.Exists(Path.Combine(directory, "crmsync.db")) && !File.Exists(Path.Combine(directory, Mark)))
            {
                throw new CommandFailure(ExitCode.Usage, "usage",
                    [new("--data", $"{directory} holds data that the demo did not make.", "Name an empty directory, or leave --data out.")]);
            }
            foreach (var old in Directory.EnumerateFiles(directory, "crmsync.*").Append(Path.Combine(directory, "anchors.jsonl")))
                File.Delete(old);
            File.WriteAllText(Path.Combine(directory, Mark), "Made by 'crmsync demo', which may replace what lies here.\n");
            return directory;
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new CommandFailure(ExitCode.NotWritable, "not-writable", [new("--data", failure.Message, "Name a directory you may write to.")]);
        }
    }
}
