using System.CommandLine;
using CrmSync.Worker.Commands.Init;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules.Samples;

namespace CrmSync.Worker.Commands;

/// <summary><c>init</c>: asks six questions and writes a first rule set with its cases.</summary>
internal static class InitCommand
{
    public static Command Create(CommandWorld world)
    {
        var output = new Option<string>("--output") { Description = "The rule file to write; its cases go beside it.", HelpName = "FILE", DefaultValueFactory = _ => "sal-rules.yaml" };
        var answers = new Option<string?>("--answers") { Description = "A YAML file with answers.", HelpName = "FILE" };
        var yes = new Option<bool>("--yes") { Description = "Asks nothing: takes what is proposed for every question left open." };
        var force = new Option<bool>("--force") { Description = "Overwrites files that are there." };
        var init = new Command("init", "Asks six questions and writes your first rule set.") { output, answers, yes, force };
        var options = SixQuestions.All.ToDictionary(question => question.Key, question => new Option<string?>(question.Option)
        {
            Description = question.Asks, HelpName = question.Choices.Count > 0 ? string.Join('|', question.Choices.Select(choice => choice.Word)) : question.Form,
        });
        foreach (var option in options.Values)
            init.Add(option);
        init.SetAction(async (parsed, cancellationToken) =>
        {
            var target = new FirstFiles(parsed.GetValue(output)!);
            if (!parsed.GetValue(force))
                target.Refuse();
            var given = GivenAnswers.Read(parsed, options, parsed.GetValue(answers));
            var screen = parsed.IsJson() ? world.Error : world.Out;
            var filled = await new Questionnaire(world, screen, given).FillAsync(parsed.GetValue(yes), cancellationToken);
            return Write(world, parsed, filled, target);
        });
        return init;
    }

    private static int Write(CommandWorld world, ParseResult parsed, FirstAnswers answers, FirstFiles target)
    {
        var today = DateOnly.FromDateTime(world.Clock.GetLocalNow().Date);
        var first = FirstRules.Write(answers, today);
        var check = first.Check(target.Rules, target.Cases, today);
        // Whatever is answered must come out sound; if it does not, better no file than a broken one.
        if (!check.IsSound)
            throw new CommandFailure(ExitCode.Internal, "internal", Broken(check), "Please report it with your answers; nothing is written.");
        var before = InForce(parsed);
        target.Write(first);
        var standing = new RulesStanding(target.Rules, before, InForce(parsed));
        if (parsed.IsJson())
            world.Document(InitScreen.Document(answers, target, check, standing));
        else
            InitScreen.Show(world, target, check, standing);
        return (int)ExitCode.Done;
    }

    /// <summary>Null where the settings cannot be read, which is no reason to write no rules.</summary>
    private static string? InForce(ParseResult parsed)
    {
        try
        {
            return RulesLocation.Of(Opening.Configuration(parsed));
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    private static string Broken(FirstCheck check) =>
        check.Problems is [var first, ..] ? first.ToString() : $"The case '{check.Cases.FirstOrDefault(outcome => !outcome.Passed)?.Name}' fails on the rules that these answers make.";
}
