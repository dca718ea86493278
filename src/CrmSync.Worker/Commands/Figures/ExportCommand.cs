using System.CommandLine;
using System.Text;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands.Figures;

/// <summary><c>export</c>: the transitions for a warehouse, as CSV or JSON lines.</summary>
internal static class ExportCommand
{
    private const string Csv = "csv";
    private const string Lines = "jsonl";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Create(CommandWorld world)
    {
        var format = new Option<string>("--format") { Description = "csv or jsonl.", DefaultValueFactory = _ => Csv };
        format.AcceptOnlyFromAmong(Csv, Lines);
        var file = OutputFile.Option("--out");
        var command = new Command("export", "Writes every transition as CSV, safe to open in a spreadsheet, or as JSON lines.") { format, file };
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, parsed.GetValue(format)!, parsed.OutputOf(file), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, string format, string? path, CancellationToken cancellationToken)
    {
        if (parsed.IsJson() && path is null)
            throw new CommandFailure(ExitCode.Usage, "usage", "--json prints one document, and an export is many.", "Name a file with --out, or ask for --format jsonl without --json.");
        await using var store = await Opening.ReadStoreAsync(Opening.Settings(world, parsed), cancellationToken);
        if (path is null)
        {
            await WriteAsync(world.Out, format, store.Reports, cancellationToken);
            return (int)ExitCode.Done;
        }
        var rows = await SaveAsync(path, format, store.Reports, cancellationToken);
        if (parsed.IsJson())
            world.Document(new { rows, format, output = path });
        else
            world.Out.WriteLine($"{TextTable.Count(rows, "transition")} in {path}.");
        return (int)ExitCode.Done;
    }

    private static async Task<long> SaveAsync(string path, string format, IStoreReports reports, CancellationToken cancellationToken)
    {
        try
        {
            return await OutputFile.WriteAsync(path, async stream =>
            {
                await using var writer = new StreamWriter(stream, Utf8, leaveOpen: true);
                return await WriteAsync(writer, format, reports, cancellationToken);
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandFailure(ExitCode.InputOutput, "output", $"The export cannot be written: {failure.Message}", "Name a file in a folder that exists and may be written to.");
        }
    }

    private static async Task<long> WriteAsync(TextWriter writer, string format, IStoreReports reports, CancellationToken cancellationToken)
    {
        if (format == Csv)
            await writer.WriteAsync(TransitionLines.Header);
        var rows = 0L;
        await foreach (var row in reports.TransitionsAsync(cancellationToken))
        {
            await writer.WriteAsync(format == Csv ? TransitionLines.Csv(row) : TransitionLines.Json(row));
            rows++;
        }
        await writer.FlushAsync(cancellationToken);
        return rows;
    }
}
