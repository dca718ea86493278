using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports;

namespace CrmSync.Worker.Commands;

/// <summary><c>config</c>: the settings in force, and the form of their file.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandWorld world)
    {
        var print = new Command("print", "Prints every setting in force and where it comes from, secrets masked, and everything that is wrong.");
        print.SetAction(parsed => Print(world, parsed));
        var schema = new Command("schema", "Prints the JSON Schema of the settings file, by which editors complete and check it.");
        schema.SetAction(_ => world.Out.Write(SettingsSchema.Write()));
        return new Command("config", "The settings.") { print, schema };
    }

    private static int Print(CommandWorld world, ParseResult parsed)
    {
        var configuration = Opening.Configuration(parsed);
        var (_, problems) = Opening.TrySettings(world, configuration);
        var settings = new EffectiveSettings(configuration, problems).All();
        var failure = problems.Count == 0 ? null : new CommandFailure(ExitCode.Configuration, "configuration", problems);
        if (parsed.IsJson())
        {
            world.Document(new { settings, error = failure is null ? null : new { code = failure.Code, problems } });
            return (int)(failure?.Exit ?? ExitCode.Done);
        }
        foreach (var setting in settings)
            world.Out.WriteLine(TextTable.Printable($"{setting.Name} = {setting.Value}   ({setting.Source})", int.MaxValue));
        return failure is null ? (int)ExitCode.Done : world.Fail(failure, json: false);
    }
}
