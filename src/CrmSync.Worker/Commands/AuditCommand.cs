using System.CommandLine;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Connections;

namespace CrmSync.Worker.Commands;

/// <summary><c>audit verify</c>: whether the chain is whole, and still the one that its anchors saw.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandWorld world)
    {
        var anchors = new Option<string?>("--anchors") { Description = "A file of anchors kept elsewhere; without it the one in the data directory.", HelpName = "FILE" };
        var verify = new Command("verify", "Reads the whole audit and says whether anything was changed, removed, inserted or cut.") { anchors };
        verify.SetAction((parsed, cancellationToken) => VerifyAsync(world, parsed, parsed.GetValue(anchors), cancellationToken));
        return new Command("audit", "The record of every transition.") { verify };
    }

    private static async Task<int> VerifyAsync(CommandWorld world, ParseResult parsed, string? anchorFile, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var anchors = await ReadAnchorsAsync(anchorFile, settings.DataDirectory, cancellationToken);
        var verdict = await AuditVerifier.VerifyAsync(store.ReadRowsAsync(0, cancellationToken), anchors, cancellationToken);
        if (verdict.IsWhole)
            await StoreNote.WriteAsync(settings, ConnectionMemory.VerifiedAt, world.Clock.GetUtcNow(), cancellationToken);
        if (parsed.IsJson())
        {
            world.Document(new
            {
                verified = verdict.IsWhole,
                rows = verdict.Rows,
                head = verdict.HeadHash,
                anchors = anchors.Count,
                fault = verdict.Fault is { } f ? new { f.Sequence, f.Kind, f.Message } : null,
            });
        }
        else if (verdict.Fault is { } fault)
        {
            world.Out.WriteLine($"The audit is NOT whole: row {fault.Sequence}: {fault.Message}");
            world.Out.WriteLine("Keep this file, restore the newest backup that verifies, and find out who could write to the data directory.");
        }
        else
        {
            world.Out.WriteLine($"The audit is whole: {verdict.Rows} rows, head {verdict.HeadHash}, {anchors.Count} anchors agree.");
        }
        return (int)(verdict.IsWhole ? ExitCode.Done : ExitCode.DataDamaged);
    }

    private static async Task<IReadOnlyList<Anchor>> ReadAnchorsAsync(string? file, string dataDirectory, CancellationToken cancellationToken)
    {
        // One that was named and is not there proves nothing, however whole the chain looks.
        if (file is not null && !File.Exists(file))
            throw new CommandFailure(ExitCode.Usage, "usage", $"There is no file at {file}.", "Name the file of anchors.");
        try
        {
            return await Anchors.ReadAsync(file ?? Path.Combine(dataDirectory, Anchors.FileName), cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw new CommandFailure(ExitCode.DataDamaged, "anchors", broken.Message, "Use a copy of the anchors that was kept elsewhere.");
        }
    }
}
