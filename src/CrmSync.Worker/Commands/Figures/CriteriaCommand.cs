using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Reports;

namespace CrmSync.Worker.Commands.Figures;

/// <summary><c>criteria</c>: what each criterion did for acceptance and for winning, and what would have caught the rejected.</summary>
internal static class CriteriaCommand
{
    public static Command Create(CommandWorld world)
    {
        var language = LanguageOption.Create();
        var command = new Command("criteria", "What each criterion did: lift on acceptance and on winning, with intervals, and what would have caught the rejected.") { language };
        var options = new KpiOptions(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, options, parsed.GetValue(language)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, KpiOptions options, string language, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        await using var store = await Opening.ReadStoreAsync(settings, cancellationToken);
        var cutOff = await DataCutOff.OfAsync(store, world.Clock, cancellationToken);
        var report = await CriteriaReader.ReadAsync(store.Reports, options.Question(parsed, cutOff, settings.Zone), cancellationToken);
        if (parsed.IsJson())
        {
            world.Document(new { cutOff, report });
            return (int)ExitCode.Done;
        }
        var rules = KpiCommand.RulesOf(settings);
        new CriteriaScreen(world.Out, new(language), id => KpiCommand.NameOf(rules, id, language)).Print(report);
        return (int)ExitCode.Done;
    }
}
