using System.CommandLine;
using CrmSync.Worker.Commands.Figures;
using CrmSync.Worker.Commands.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Commands;

/// <summary>The command line as a table of contents.</summary>
internal static class CommandRoot
{
    public static async Task<int> RunAsync(CommandWorld world, string[] args, CancellationToken cancellationToken)
    {
        var root = new RootCommand("CrmSync runs the hand-over from marketing to sales inside the CRM you already have.")
        {
            CommonOptions.Data,
            CommonOptions.Config,
            CommonOptions.Set,
            CommonOptions.Json,
        };
        Command[] commands =
        [
            RunCommand.Create(world), InitCommand.Create(world), Demo.DemoCommand.Create(world), AuthCommand.Create(world), CheckCommand.Create(world), SetupCommand.Create(world),
            GoLiveCommand.Create(world), PlanCommand.Create(world), GoLiveCommand.CreateApprove(world), WithdrawCommand.Create(world),
            ExplainCommand.Create(world), RulesCommand.Create(world), KpiCommand.Create(world), CriteriaCommand.Create(world), ReportCommand.Create(world), ExportCommand.Create(world),
            HistoryCommand.Create(world), AuditCommand.Create(world), BackupCommand.Create(world), RestoreCommand.Create(world),
            QuarantineCommand.Create(world), ConfigCommand.Create(world), HealthcheckCommand.Create(world), VersionCommand.Create(world),
        ];
        foreach (var command in commands)
            root.Add(command);
        var parsed = root.Parse(args.Length == 0 ? ["run"] : args);
        if (parsed.Errors.Count > 0)
        {
            // A command that is not there is also one that lacks: the first says it.
            var told = parsed.UnmatchedTokens.Count > 0 ? parsed.Errors.Where(e => parsed.UnmatchedTokens.Any(token => e.Message.Contains($"'{token}'", StringComparison.Ordinal))).ToList() : [];
            var problems = (told.Count > 0 ? told : parsed.Errors).Select(e => new Configuration.SettingProblem("", e.Message, "See --help."));
            return world.Fail(new(ExitCode.Usage, "usage", [.. problems]), args.Contains("--json"));
        }
        try
        {
            // Signals are Program's: the library's own handling gives up on a command after two seconds and answers 143.
            var how = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = world.Out, Error = world.Error,
            };
            return await parsed.InvokeAsync(how, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            return world.Fail(failure, parsed.IsJson());
        }
        catch (StoreException failure)
        {
            return world.Fail(Opening.Failure(failure), parsed.IsJson());
        }
        catch (OperationCanceledException)
        {
            return world.Fail(new(ExitCode.Interrupted, "interrupted", "Interrupted before it was done.", ""), parsed.IsJson());
        }
        catch (Exception) when (args.Contains(""))
        {
            return world.Fail(new(ExitCode.Usage, "usage", "An argument is empty.", "Write it out: a variable that is not set leaves nothing."), parsed.IsJson());
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Where it happened, for a bug report; a message could quote anything.
            var where = fault.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
            return world.Fail(new(fault is IOException or UnauthorizedAccessException ? ExitCode.InputOutput : ExitCode.Internal, "internal", $"An internal fault: {fault.GetType().Name} {where}", "Please report it with the output of 'crmsync version'."), parsed.IsJson());
        }
    }
}
