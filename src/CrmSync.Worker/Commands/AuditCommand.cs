using System.CommandLine;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Worker.Commands;

/// <summary><c>audit verify</c>: whether the chain is whole, and still the one that its anchors saw.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandWorld world)
    {
        var anchors = new Option<string?>("--anchors") { Description = "A file of anchors kept elsewhere; without it the one in the data directory.", HelpName = "FILE" };
        var restored = new Option<bool>("--restored") { Description = "You know of the restore that the audit tells of: anchors of before may know rows that are lost." };
        var verify = new Command("verify", "Reads the whole audit and says whether anything was changed, removed, inserted or cut.") { anchors, restored };
        verify.SetAction((parsed, cancellationToken) => VerifyAsync(world, parsed, parsed.GetValue(anchors), parsed.GetValue(restored), cancellationToken));
        return new Command("audit", "The record of every transition.") { verify };
    }

    private static async Task<int> VerifyAsync(CommandWorld world, ParseResult parsed, string? anchorFile, bool knowsRestore, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var anchors = await ReadAnchorsAsync(anchorFile, settings.DataDirectory, cancellationToken);
        var verdict = await AuditVerifier.VerifyAsync(store.ReadRowsAsync(0, cancellationToken), anchors, cancellationToken);
        if (verdict is { IsWhole: true, Restore: { AnchorsLost: > 0 } lost } && anchorFile is not null && !knowsRestore)
            verdict = verdict with { Fault = Lost(lost) };
        if (verdict.IsWhole)
            verdict = verdict with { Fault = await CheckEvidenceAsync(store.ReadEvidenceAsync(cancellationToken)) };
        if (verdict.IsWhole)
            await StoreNote.WriteAsync(settings, ConnectionMemory.VerifiedAt, world.Clock.GetUtcNow(), cancellationToken);
        if (parsed.IsJson())
            world.Document(Document(verdict));
        else
            Print(world, verdict);
        return (int)(verdict.IsWhole ? ExitCode.Done : ExitCode.DataDamaged);
    }

    private static object Document(AuditVerdict verdict) => new
    {
        verified = verdict.IsWhole,
        rows = verdict.Rows,
        head = verdict.HeadHash,
        anchors = verdict.AnchorsAgreed,
        restored = verdict.Restore is { } restore ? new { restore.Sequence, restore.At, lost = restore.AnchorsLost } : null,
        fault = verdict.Fault is { } f ? new { f.Sequence, f.Kind, f.Message } : null,
    };

    private static void Print(CommandWorld world, AuditVerdict verdict)
    {
        if (verdict.Fault is { } fault)
        {
            world.Out.WriteLine($"The audit is NOT whole: {(fault.Sequence > 0 ? $"row {fault.Sequence}: " : "")}{fault.Message}");
            world.Out.WriteLine("Keep this file, restore the newest backup that verifies, and find out who could write to the data directory.");
            return;
        }
        world.Out.WriteLine($"The audit is whole: {verdict.Rows} rows, head {verdict.HeadHash}, {verdict.AnchorsAgreed} anchors agree.");
        if (verdict.Restore is { } restore)
            world.Out.WriteLine($"Row {restore.Sequence} says that an older store was put back at {restore.At}; {restore.AnchorsLost} anchors of before know rows that are not here. If nobody put one back, somebody cut the audit.");
    }

    /// <summary>Anchors that were kept elsewhere are there to contradict the store, whatever it says of itself.</summary>
    private static AuditFault Lost(AuditRestore restore) => new(restore.Sequence, AuditFaultKind.Cut,
        $"it says that an older store was put back at {restore.At}, and {restore.AnchorsLost} anchors of before know rows that are not here. If you put one back then, say so with --restored; if nobody did, rows were cut");

    private static async Task<AuditFault?> CheckEvidenceAsync(IAsyncEnumerable<EvidenceRow> rows)
    {
        await foreach (var row in rows)
            if (!EvidenceBody.IsWhole(row))
                return new(0, AuditFaultKind.EvidenceChanged, $"the evidence {row.Hash} of the lead {row.LeadKey} is not what was hashed");
        return null;
    }

    private static async Task<IReadOnlyList<Anchor>> ReadAnchorsAsync(string? file, string dataDirectory, CancellationToken cancellationToken)
    {
        // One that was named and is not there proves nothing, however whole the chain looks.
        if (file is not null && !File.Exists(file))
            throw new CommandFailure(ExitCode.Usage, "usage", $"There is no file at {file}.", "Name the file of anchors.");
        try
        {
            return await (file is null ? Anchors.ReadAsync(Path.Combine(dataDirectory, Anchors.FileName), cancellationToken) : Anchors.ReadKeptAsync(file, cancellationToken));
        }
        catch (InvalidDataException broken)
        {
            throw new CommandFailure(ExitCode.DataDamaged, "anchors", broken.Message, "Use a copy of the anchors that was kept elsewhere.");
        }
    }
}
