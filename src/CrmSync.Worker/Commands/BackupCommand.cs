using System.CommandLine;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands;

/// <summary><c>backup</c>: a verified copy of the store, beside a running worker or without one.</summary>
internal static class BackupCommand
{
    private const int UsualKeep = 7;
    private static readonly Option<string?> To = new("--to") { Description = "Where backups lie; without it 'backups' in the data directory.", HelpName = "DIR" };
    private static readonly Option<int> Keep = new("--keep") { Description = "How many are kept, this one with them.", HelpName = "N", DefaultValueFactory = _ => UsualKeep };

    public static Command Create(CommandWorld world)
    {
        var command = new Command("backup", "Copies the store while the worker goes on, verifies the copy, and deletes the oldest ones.") { To, Keep };
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        var keep = parsed.GetValue(Keep);
        if (keep < 1)
            throw new CommandFailure(ExitCode.Usage, "usage", "--keep is the number of backups that stay.", "Use 1 or more.");
        var settings = Opening.Settings(world, parsed);
        DataDirectory.RequireOwn(settings.DataDirectory);
        var (named, now) = (parsed.GetValue(To), world.Clock.GetUtcNow());
        var folder = Path.GetFullPath(named ?? Path.Combine(settings.DataDirectory, BackupFolder.Name));
        var made = await CreateAsync(settings, folder, isNamed: named is not null, now, cancellationToken);
        await StoreNote.WriteAsync(settings, ConnectionMemory.BackedUpAt, now, cancellationToken);
        var deleted = BackupFolder.Rotate(folder, keep);
        if (parsed.IsJson())
        {
            world.Document(new { made.File, made.Schema, made.Rows, made.Head, made.Bytes, verified = true, deleted });
            return (int)ExitCode.Done;
        }
        world.Out.WriteLine($"{made.File}: {TextTable.Count(made.Bytes)} bytes, {TextTable.Count(made.Rows, "audit row")}, verified.");
        if (deleted.Count > 0)
            world.Out.WriteLine($"{TextTable.Count(deleted.Count, "older backup")} deleted.");
        world.Out.WriteLine("The keys of stored grants are not in it: keep 'keys' and 'anchors.jsonl' of the data directory elsewhere, apart from it.");
        return (int)ExitCode.Done;
    }

    private static async Task<BackupContent> CreateAsync(WorkerSettings settings, string folder, bool isNamed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var anchors = await AnchorsAsync(settings, cancellationToken);
        try
        {
            if (File.Exists(Path.Combine(settings.DataDirectory, DataDirectory.DatabaseName)))
                DataDirectory.PrepareFolder(folder);
            return await SqliteBackup.CreateAsync(settings.DataDirectory, BackupFolder.FileAt(folder, now), anchors, cancellationToken);
        }
        catch (UnauthorizedAccessException shut)
        {
            throw isNamed ? Shut(folder, shut) : DataDirectory.Forbidden(folder, shut);
        }
        catch (IOException full)
        {
            throw new CommandFailure(ExitCode.InputOutput, "backup", $"The backup could not be written: {full.Message}", "Free space there, or name another place with --to.");
        }
    }

    /// <summary>A folder that was named may be anybody's: it is not to be given away, but one of our own to be made.</summary>
    private static CommandFailure Shut(string folder, UnauthorizedAccessException shut)
    {
        var own = Directory.Exists(folder) ? Path.Combine(folder, "crmsync") : folder;
        return new(ExitCode.InputOutput, "backup", [new("--to", $"The user {Environment.UserName} may not write to {folder}: {shut.Message}",
            $"Name a folder of that user, such as {own}; once, as root: install -d -m 700 -o {ProcessUser.Id} {own}")]);
    }

    /// <summary>Taken before the copy, which must hold them all.</summary>
    private static async Task<IReadOnlyList<Anchor>> AnchorsAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await Anchors.ReadAsync(Path.Combine(settings.DataDirectory, Anchors.FileName), cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw new CommandFailure(ExitCode.DataDamaged, "anchors", broken.Message, "Use a copy of the anchors that was kept elsewhere.");
        }
    }
}
