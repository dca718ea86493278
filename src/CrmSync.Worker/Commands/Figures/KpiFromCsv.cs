using System.CommandLine;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;
using CrmSync.Worker.Commands.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Reports.History;

namespace CrmSync.Worker.Commands.Figures;

/// <summary><c>kpi --from-csv</c>: the same figures from a file, without any CRM, settings or store.</summary>
internal sealed class KpiFromCsv
{
    private const int Shown = 20;
    private readonly CommandWorld _world;
    private readonly KpiOptions _options;
    private readonly Option<string?> _file = new("--from-csv")
    {
        Description = "Reads a CSV lead_id,company_id,stage,entered_at[,source,owner,connection] instead of the store.", HelpName = "FILE",
    };
    private readonly Option<string> _zone = new("--zone") { Description = "With --from-csv: the zone of months and periods.", HelpName = "ZONE", DefaultValueFactory = _ => "Europe/Copenhagen" };

    public KpiFromCsv(CommandWorld world, Command command, KpiOptions options)
    {
        (_world, _options) = (world, options);
        command.Add(_file);
        command.Add(_zone);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_file) is not null;

    /// <exception cref="CommandFailure">The file is not there, or none of it can be read.</exception>
    public async Task<int> RunAsync(ParseResult parsed, FigureText text, bool brief, CancellationToken cancellationToken)
    {
        var zone = ZoneOf(parsed);
        using var file = await LeadFailures.GuardAsync(() => HistoryFile.ReadAsync(parsed.GetValue(_file)!, cancellationToken));
        var (question, split) = (_options.Question(parsed, file.Latest ?? _world.Clock.GetUtcNow(), zone), _options.Split(parsed));
        var report = await LeadFailures.GuardAsync(() => HistoryFigures.OfAsync(file, question, split, zone, cancellationToken));
        if (file.Rows == 0 && file.Problems.Count > 0)
            throw new CommandFailure(ExitCode.DataDamaged, "leads", [.. file.Problems.First.Take(Shown).Select(bad => new Configuration.SettingProblem(
                $"{parsed.GetValue(_file)}:{bad.Line}", bad.Message, "No row could be read: check separator, encoding, stages and dates."))]);
        report = brief ? FigureOrder.Brief(report) : report;
        if (parsed.IsJson())
            _world.Document(DocumentOf(KpiDocument.Of(report), file));
        else
            Print(report, file, text);
        return (int)ExitCode.Done;
    }

    private static object DocumentOf(KpiDocument report, HistoryFile file) => new
    {
        report.CutOff, report.Zone, report.Figures, report.NotAveraged,
        file = new
        {
            file.Rows, file.Leads, file.Episodes, acceptedBeforeMql = file.AcceptedFirst,
            leftOut = new { file.Problems.Count, file.Problems.Reasons, file.Problems.First },
        },
    };

    private void Print(KpiReport report, HistoryFile file, FigureText text)
    {
        new KpiScreen(_world.Out, text).Print(report);
        _world.Error.WriteLine($"{TextTable.Count(file.Rows, "row")} of {TextTable.Count(file.Leads, "lead")} read, {TextTable.Count(file.Episodes, "episode")}.");
        if (file.AcceptedFirst > 0)
            _world.Error.WriteLine($"{TextTable.Count(file.AcceptedFirst, "episode")} accepted before MQL: counted as found by sales, outside MQL to SAL.");
        if (file.Problems.Count == 0)
            return;
        _world.Error.WriteLine($"{TextTable.Count(file.Problems.Count, "row")} could not be read and {(file.Problems.Count == 1 ? "is" : "are")} left out of every figure:");
        foreach (var bad in file.Problems.First.Take(Shown))
            _world.Error.WriteLine($"  line {bad.Line}{(bad.Column is { } column ? $", {column}" : "")}: {bad.Message}");
        if (file.Problems.Count > Shown)
            _world.Error.WriteLine($"  ... and {TextTable.Count(file.Problems.Count - Shown)} more; --json names the first thousand.");
    }

    private TimeZoneInfo ZoneOf(ParseResult parsed) => TimeZoneInfo.TryFindSystemTimeZoneById(parsed.GetValue(_zone)!, out var zone)
        ? zone
        : throw new CommandFailure(ExitCode.Usage, "usage", "--zone names no zone.", "Give a name such as Europe/Copenhagen or UTC.");
}
