using System.CommandLine;
using CrmSync.Worker.Commands.Shell;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules</c>: everything that is done with a rule file outside the running worker.</summary>
internal static class RulesCommand
{
    public static Command Create(CommandWorld world) => new("rules", "The criteria that marketing and sales agreed on.")
    {
        LintCommand.Create(world),
        TestCommand.Create(world),
        SchemaCommand.Create(world),
        DocumentCommand.Create(world),
        ExplainFactsCommand.Create(world),
        BacktestCommand.Create(world),
        DiffCommand.Create(world),
        CoverageCommand.Create(world),
    };
}
