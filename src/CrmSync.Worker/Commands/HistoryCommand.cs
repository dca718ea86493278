using System.CommandLine;
using CrmSync.Adapters;
using CrmSync.Worker.Commands.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Reports.History;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands;

/// <summary><c>history import</c>: what was before the product watched, so that KPIs start on day one. The CRM is only read.</summary>
internal static class HistoryCommand
{
    private static readonly Option<string?> Decisions = new("--decisions") { Description = "Old decisions, a CSV lead_id,decision,reason,decided_at,decided_by, instead of the CRM's history.", HelpName = "FILE" };

    public static Command Create(CommandWorld world)
    {
        var connection = ConnectionArgument.Create();
        var import = new Command("import", "Reads the history of the stage from the CRM, or old decisions from a file. Writes nothing to the CRM.") { connection, Decisions };
        import.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, parsed.GetRequiredValue(connection), cancellationToken));
        return new Command("history", "What was before CrmSync watched; marked as imported in every figure.") { import };
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, string name, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        var connection = await ConnectionArgument.FindAsync(settings, name, cancellationToken);
        // One writer at a time: the worker rests meanwhile.
        using var held = DataLock.Acquire(settings.DataDirectory);
        await using var store = await Opening.HoldStoreAsync(settings, cancellationToken);
        return parsed.GetValue(Decisions) is { } file
            ? await FileAsync(world, parsed, store, name, file, cancellationToken)
            : await CrmAsync(world, parsed, settings, connection, store, cancellationToken);
    }

    private static async Task<int> FileAsync(CommandWorld world, ParseResult parsed, SqliteStore store, string connection, string file, CancellationToken cancellationToken)
    {
        var (rows, problems) = LeadFailures.Guard(() => DecisionsFile.Read(file, connection));
        var added = await store.ImportAsync(rows, cancellationToken);
        if (parsed.IsJson())
        {
            world.Document(new { connection, rows = rows.Count, added, leftOut = new { problems.Count, problems.Reasons, problems.First } });
            return (int)ExitCode.Done;
        }
        world.Out.WriteLine($"{TextTable.Count(rows.Count, "decision")} read, {TextTable.Count(added)} new.");
        foreach (var bad in problems.First)
            world.Error.WriteLine($"  left out: line {bad.Line}{(bad.Column is { } column ? $", {column}" : "")}: {bad.Message}");
        return (int)ExitCode.Done;
    }

    private static async Task<int> CrmAsync(
        CommandWorld world, ParseResult parsed, WorkerSettings settings, ConnectionSettings connection, SqliteStore store, CancellationToken cancellationToken)
    {
        // Each record's history is dear: what it costs counts as the worker's, which goes on with the same day's quota.
        await using var crms = Opening.Crms(world, parsed, settings, store);
        var adapter = crms.Adapters.Single(open => open.Connection.Crm.Name == connection.Crm.Name).Adapter;
        var import = new HistoryImport(adapter, store.ImportAsync);
        try
        {
            // Loads the account's stages too.
            if ((await adapter.CheckAsync(cancellationToken)).FirstOrDefault(problem => problem.Reach == ProblemReach.Everything) is { } problem)
                throw new CommandFailure(problem.Code is "unreachable" or "rate-limited" ? ExitCode.Unavailable : ExitCode.Refused, problem.Code, problem.Problem, problem.Repair);
            var until = await new ConnectionMemory(store).InstantAsync(connection.Crm.Name, ConnectionMemory.StartAt, cancellationToken);
            await import.RunAsync(until, world.Clock.GetUtcNow(), _ => { }, cancellationToken);
        }
        catch (CrmException failure)
        {
            throw new CommandFailure(ExitCode.Unavailable, "crm", failure.Message, "Run it again: what was read is kept, and rows that are known are left alone.");
        }
        Print(world, parsed, connection.Crm.Name, import);
        return (int)ExitCode.Done;
    }

    private static void Print(CommandWorld world, ParseResult parsed, string connection, HistoryImport import)
    {
        var audit = import.Audit;
        if (parsed.IsJson())
        {
            world.Document(new { connection, rows = import.Found, import.Added, audit });
            return;
        }
        world.Out.WriteLine($"{TextTable.Count(audit.Leads, "lead")} read; {TextTable.Count(import.Found, "stage")} from before CrmSync, {TextTable.Count(import.Added)} of them new.");
        world.Out.WriteLine("How well the stages were kept:");
        var table = new TextTable("", "changes", "");
        table.Add("all changes", TextTable.Count(audit.Changes), "");
        table.Add("left out a stage", TextTable.Count(audit.Skipped), TextTable.Percent(audit.Skipped, audit.Changes));
        table.Add("went back", TextTable.Count(audit.Regressed), TextTable.Percent(audit.Regressed, audit.Changes));
        table.Add("by import, sync or workflow", TextTable.Count(audit.ByAutomation), TextTable.Percent(audit.ByAutomation, audit.Changes));
        table.Add("stamped together (50 or more in a second)", TextTable.Count(audit.StampedTogether), TextTable.Percent(audit.StampedTogether, audit.Changes));
        table.Add("to a value that stands for no stage", TextTable.Count(audit.Unmapped), TextTable.Percent(audit.Unmapped, audit.Changes));
        table.Print(world.Out);
        if (audit.WithoutHistory > 0)
            world.Out.WriteLine($"The CRM tells no history of {TextTable.Count(audit.WithoutHistory, "lead")}.");
    }
}
