using System.CommandLine;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands;

/// <summary><c>restore</c>: a backup in the place of the store. What was done since is learnt from the CRM at the next start.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Backup = new("file") { Description = "A file that 'backup' made.", HelpName = "FILE" };

    public static Command Create(CommandWorld world)
    {
        var command = new Command("restore", "Puts a backup in the place of the store, which is kept beside it. The worker must be stopped.") { Backup };
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(parsed.GetRequiredValue(Backup));
        RequireReadable(file);
        var settings = Opening.Settings(world, parsed);
        using var held = DataLock.Acquire(settings.DataDirectory);
        var content = await SqliteBackup.VerifyAsync(file, [], cancellationToken);
        await AnchorAsync(settings, world.Clock.GetUtcNow(), cancellationToken);
        var kept = Put(settings, file, BackupFolder.Stamp(world.Clock.GetUtcNow()));
        if (parsed.IsJson())
        {
            world.Document(new { restored = file, content.Schema, content.Rows, content.Head, replaced = kept });
            return (int)ExitCode.Done;
        }
        world.Out.WriteLine($"Restored {file}: {TextTable.Count(content.Rows, "audit row")}, verified.");
        if (kept is not null)
            world.Out.WriteLine($"The store that was there lies in {kept}.");
        world.Out.WriteLine("At the next start the worker notices that it is an older one, and learns from the CRM what was done since; nothing is done again.");
        return (int)ExitCode.Done;
    }

    private static void RequireReadable(string file)
    {
        try
        {
            File.OpenRead(file).Dispose();
        }
        catch (UnauthorizedAccessException) when (!Directory.Exists(file))
        {
            throw new CommandFailure(ExitCode.Refused, "file-unreadable", $"The user {Environment.UserName} may not read {file}, or not enter a folder above it.",
                $"Give that user a copy: install -o {ProcessUser.Id} -m 600 {file} FOLDER, with a folder that it may enter, and name the copy.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Usage, "usage", $"There is no file at {file}.", "Name a file that 'crmsync backup' made.");
        }
    }

    /// <summary>
    /// The head of the store that goes: an anchor an hour old may not know the newest rows, and by it the worker notices that
    /// the backup is older.
    /// </summary>
    private static async Task AnchorAsync(WorkerSettings settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await SqliteStore.OpenReadOnlyAsync(settings.DataDirectory, cancellationToken);
            var (sequence, hash) = await store.HeadAsync(cancellationToken);
            await Anchors.AppendAsync(Path.Combine(settings.DataDirectory, Anchors.FileName), now, sequence, hash, cancellationToken);
        }
        catch (StoreException)
        {
            // It is missing or damaged, which is why a backup is wanted. The anchors of before, and the CRM's markers, tell as well.
        }
    }

    private static string? Put(WorkerSettings settings, string file, string stamp)
    {
        try
        {
            return SqliteRestore.Put(file, settings.DataDirectory, stamp);
        }
        catch (IOException failed)
        {
            throw new CommandFailure(ExitCode.InputOutput, "restore", $"The backup could not be put in place: {failed.Message}", "Free space in the data directory; the store that was there is there, or in the folder 'replaced-...' beside it.");
        }
    }
}
