using System.CommandLine;
using System.Text;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Reports.Weekly;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands.Figures;

/// <summary><c>report --week</c>: the page for the weekly meeting; <c>report --baseline</c>: how things stand before anything is changed.</summary>
internal sealed class ReportCommand
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly CommandWorld _world;
    private readonly Option<string?> _week = new("--week") { Description = "The page of a week such as 2026-W05; without a name the last one that is over.", HelpName = "WEEK", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _baseline = new("--baseline") { Description = "Leads by stage, undecided MQLs by age and owner, what the rules would offer, who else writes the stage, what the data cannot answer." };
    private readonly Option<string?> _file = OutputFile.Option("--out");
    private readonly Option<string> _language = LanguageOption.Create();

    private ReportCommand(CommandWorld world) => _world = world;

    public static Command Create(CommandWorld world)
    {
        var report = new ReportCommand(world);
        var command = new Command("report", "The weekly page, or the baseline.") { report._week, report._baseline, report._language, report._file };
        command.SetAction(report.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var isWeek = parsed.GetResult(_week) is not null;
        if (isWeek == parsed.GetValue(_baseline))
            throw new CommandFailure(ExitCode.Usage, "usage", "Which report is not said.", "Ask for --week or for --baseline.");
        var settings = Opening.Settings(_world, parsed);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var cutOff = await DataCutOff.OfAsync(store, _world.Clock, cancellationToken);
        return isWeek ? await WeekAsync(parsed, settings, store, cutOff, cancellationToken) : await BaselineAsync(parsed, settings, store, cutOff, cancellationToken);
    }

    private async Task<int> WeekAsync(ParseResult parsed, WorkerSettings settings, SqliteStore store, DateTimeOffset cutOff, CancellationToken cancellationToken)
    {
        var waiting = await WaitingAsync(parsed, settings, store, cancellationToken);
        var rules = KpiCommand.RulesOf(settings);
        var report = await WeekReport.ReadAsync(
            store.Reports, new(cutOff) { Calendar = KpiCommand.CalendarOf(rules) }, parsed.GetValue(_week), settings.Zone, waiting, cancellationToken)
            ?? throw new CommandFailure(ExitCode.Usage, "usage", "--week names no week.", "Give one such as 2026-W05, or none.");
        var language = parsed.GetValue(_language)!;
        var page = new WeekPage(report, language, id => KpiCommand.NameOf(rules, id, language)).Write();
        if (parsed.OutputOf(_file) is { } path)
            await SaveAsync(path, page, cancellationToken);
        if (parsed.IsJson())
            _world.Document(new { report.Year, week = report.Number, cutOff, report.Counts, report.Waiting, report.Overdue, report.Restated, kpis = KpiDocument.Of(report.All), ofWeek = KpiDocument.Of(report.OfWeek), output = parsed.OutputOf(_file) });
        else if (parsed.OutputOf(_file) is { } file)
            _world.Out.WriteLine($"Week {report.Number} of {report.Year} is in {file}.");
        else
            _world.Out.Write(page);
        return (int)ExitCode.Done;
    }

    private async Task<IReadOnlyList<WaitingLead>> WaitingAsync(ParseResult parsed, WorkerSettings settings, SqliteStore store, CancellationToken cancellationToken)
    {
        await using var crms = Opening.Crms(_world, parsed, settings);
        return await WaitingLead.ReadAsync(
            store, await store.Reports.ConnectionsAsync(cancellationToken), crms.Adapters.ToDictionary(open => open.Connection.Crm.Name, open => open.Adapter), cancellationToken);
    }

    private async Task<int> BaselineAsync(ParseResult parsed, WorkerSettings settings, SqliteStore store, DateTimeOffset cutOff, CancellationToken cancellationToken)
    {
        var baselines = new List<Baseline>();
        foreach (var connection in await store.Reports.ConnectionsAsync(cancellationToken))
            baselines.Add(Baseline.Of(connection, await store.Reports.BaselineAsync(connection, cutOff, Baseline.Ages, cancellationToken)));
        var coverage = (await CriteriaReader.CoverageAsync(store.Reports, cancellationToken)).Select(c => new CoveredCriterion(c.Criterion, c.Answered, c.Unknown)).ToList();
        if (parsed.IsJson())
        {
            _world.Document(new { cutOff, connections = baselines, coverage });
            return (int)ExitCode.Done;
        }
        var rules = KpiCommand.RulesOf(settings);
        new BaselineScreen(_world.Out, id => KpiCommand.NameOf(rules, id, parsed.GetValue(_language)!)).Print(baselines, coverage);
        return (int)ExitCode.Done;
    }

    private static async Task SaveAsync(string path, string page, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, page, Utf8, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandFailure(ExitCode.InputOutput, "output", $"The page cannot be written: {failure.Message}", "Name a file in a folder that exists and may be written to.");
        }
    }
}
