using System.CommandLine;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts.Figures;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands.Figures;

/// <summary><c>kpi</c>: MQL to SAL, SAL to customer, the time from SAL to the won sale, and what explains them.</summary>
internal sealed class KpiCommand
{
    private readonly CommandWorld _world;
    private readonly Option<bool> _define = new("--define") { Description = "Prints what each figure means." };
    private readonly Option<bool> _brief = new("--brief") { Description = "The three KPIs alone; at once over years of history, by month too." };
    private readonly Option<string> _language = LanguageOption.Create();
    private readonly KpiOptions _options;
    private readonly KpiFromCsv _fromCsv;

    private KpiCommand(CommandWorld world, Command command)
    {
        _world = world;
        command.Add(_define);
        command.Add(_brief);
        command.Add(_language);
        _options = new(command);
        _fromCsv = new(world, command, _options);
    }

    public static Command Create(CommandWorld world)
    {
        var command = new Command("kpi", "The KPIs, each with how many leads it stands on and how sure it is.");
        var kpi = new KpiCommand(world, command);
        command.SetAction(kpi.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var text = new FigureText(parsed.GetValue(_language)!);
        if (parsed.GetValue(_define))
            return Define(parsed, text);
        if (_fromCsv.IsGiven(parsed))
            return await _fromCsv.RunAsync(parsed, text, parsed.GetValue(_brief), cancellationToken);
        var settings = Opening.Settings(_world, parsed);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var cutOff = await DataCutOff.OfAsync(store, _world.Clock, cancellationToken);
        var rules = RulesOf(settings);
        var question = _options.Question(parsed, cutOff, settings.Zone) with { Calendar = CalendarOf(rules) };
        var report = await ReadAsync(parsed, store.Reports, question, settings.Zone, cancellationToken);
        var restated = await Restatements.ReadAsync(store.Reports, settings.Zone, cancellationToken);
        if (parsed.IsJson())
            _world.Document(KpiDocument.Of(report) with { Restated = [.. restated.Select(RestatedDocument.Of)] });
        else
            new KpiScreen(_world.Out, text, id => NameOf(rules, id, text.Language)).Print(report, restated);
        return (int)ExitCode.Done;
    }

    private async Task<KpiReport> ReadAsync(ParseResult parsed, IStoreReports reports, KpiQuestion question, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var split = _options.Split(parsed);
        if (!parsed.GetValue(_brief))
            return await KpiReader.ReadAsync(reports, question, split, zone, cancellationToken);
        return split is KpiSplit.None or KpiSplit.Month
            ? await KpiReader.ReadBriefAsync(reports, question, split == KpiSplit.Month, zone, cancellationToken)
            : FigureOrder.Brief(await KpiReader.ReadAsync(reports, question, split, zone, cancellationToken));
    }

    private int Define(ParseResult parsed, FigureText text)
    {
        if (parsed.IsJson())
            _world.Document(new { language = text.Language, definitions = FigureText.Ids.Select(id => new { id, name = text.Name(id).Trim(), definition = text.Definition(id) }) });
        else
            new KpiScreen(_world.Out, text).Define();
        return (int)ExitCode.Done;
    }

    /// <summary>The rules in the file; null where there are none, or they are broken: figures are read all the same.</summary>
    internal static RuleSet? RulesOf(WorkerSettings settings) => File.Exists(settings.RulesFile) ? RuleFile.Load(settings.RulesFile).RuleSet : null;

    /// <summary>When sales works.</summary>
    internal static BusinessCalendar? CalendarOf(RuleSet? rules) => rules is null ? null : BusinessCalendar.Of(rules.Sla);

    /// <summary>What people call a criterion; its id where the rules no longer have it.</summary>
    internal static string NameOf(RuleSet? rules, string criterion, string language) => rules?.Find(criterion)?.Text.In(language) ?? criterion;
}
