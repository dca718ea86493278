using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>The end of the demo for a person: what happened, what it measured, one record as a rep sees it, where to look.</summary>
internal static class DemoScreen
{
    public static void Print(CommandWorld world, DemoRun run, DemoOptions options, DemoSummary summary, bool settled)
    {
        var screen = world.Out;
        var days = (run.Clock.GetUtcNow() - options.Start).TotalDays;
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"CrmSync demo: {options.Leads} people, {days:F0} simulated days from {options.Start:yyyy-MM-dd}, seed {options.Seed}{(settled ? "" : ", NOT settled")}"));
        if (options.Crms is [var only])
            Alone(screen, run, only, summary.Store.Connections[only]);
        else
            SideBySide(screen, run, options.Crms, summary.Store.Connections);
        screen.WriteLine();
        new KpiScreen(screen, new("en")).Print(summary.Kpis);
        Record(screen, run, options.Crms[0]);
        screen.WriteLine();
        screen.WriteLine($"Webhooks {run.Counts.ReceivedCount} received, {run.Counts.RefusedCount} refused. Audit {(summary.Verdict.IsWhole ? "whole" : "BROKEN")}: {summary.Verdict.Rows} rows.");
        screen.WriteLine($"Look around: sqlite3 -readonly {Path.Combine(options.DataDirectory, DataDirectory.DatabaseName)} 'select * from transitions limit 10'");
    }

    private static void Bars(TextWriter screen, string title, IReadOnlyDictionary<string, long> counts)
    {
        var most = counts.Values.DefaultIfEmpty(1).Max();
        foreach (var (name, count) in counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal))
        {
            var bar = new string('█', (int)Math.Max(1, 28 * count / most));
            screen.WriteLine($"  {title,-10} {name.Replace(">", " > ", StringComparison.Ordinal),-38} {count,5} {bar}");
            title = "";
        }
    }

    private static void Alone(TextWriter screen, DemoRun run, string crm, ConnectionSummary connection)
    {
        var done = run.Sandbox.DoneIn(crm);
        screen.WriteLine();
        screen.WriteLine($"{crm.ToUpperInvariant()}  {connection.Leads} leads");
        Bars(screen, "Stage now", connection.Stages);
        Bars(screen, "Hand-over", connection.States);
        Bars(screen, "Moves", connection.Transitions);
        Bars(screen, "People", Deeds(done));
        screen.WriteLine($"  {"In the CRM",-10} {done.Tasks} tasks, {done.OpenTasks} of them open; {done.Notes} notes");
    }

    private static void SideBySide(TextWriter screen, DemoRun run, IReadOnlyList<string> crms, IReadOnlyDictionary<string, ConnectionSummary> connections)
    {
        ConnectionSummary[] all = [.. crms.Select(crm => connections[crm])];
        DemoDeeds[] done = [.. crms.Select(run.Sandbox.DoneIn)];
        var columns = new DemoColumns(screen, crms);
        columns.Head([.. all.Select(c => c.Leads)]);
        columns.Print("Stage now", [.. all.Select(c => c.Stages)]);
        columns.Print("Hand-over", [.. all.Select(c => c.States)]);
        columns.Print("Moves", [.. all.Select(c => c.Transitions)]);
        columns.Print("People", [.. done.Select(Deeds)]);
        columns.Print("In the CRM", [.. done.Select(d => new Dictionary<string, long> { ["tasks"] = d.Tasks, ["open tasks"] = d.OpenTasks, ["notes"] = d.Notes })]);
    }

    /// <summary>What people did beside the CRM's own work.</summary>
    private static Dictionary<string, long> Deeds(DemoDeeds done) => done.People.ToDictionary(act => act.Key, act => (long)act.Value);

    /// <summary>The latest offer, as the rep read it in the record.</summary>
    private static void Record(TextWriter screen, DemoRun run, string crm)
    {
        string? Field(LeadState lead, string name) => lead.Fields.GetValueOrDefault(DemoWords.OwnFieldIn(crm, name));
        var record = run.Sandbox.Host.Control.State(crm).Leads
            .Where(l => Field(l, "crmsync_why") is not null && DemoWords.StateOf(Field(l, "crmsync_handover") ?? "") is "waiting" or "accepted")
            .MaxBy(l => Field(l, "crmsync_marker"), StringComparer.Ordinal);
        if (record is null)
            return;
        screen.WriteLine();
        screen.WriteLine($"\"Why this lead\" in one of the records ({crm}/{record.Id}, hand-over: {Field(record, "crmsync_handover")}):");
        foreach (var line in Field(record, "crmsync_why")!.Split('\n'))
            screen.WriteLine($"  | {line}");
    }
}
