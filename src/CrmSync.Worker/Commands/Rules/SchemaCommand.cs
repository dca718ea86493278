using System.CommandLine;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Rules.JsonSchema;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules schema</c>: the form of a rule file, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandWorld world)
    {
        var schema = new Command("schema", "Prints the JSON Schema of rule files, by which editors complete and check them.");
        schema.SetAction(_ => world.Out.Write(RuleSchema.Write()));
        return schema;
    }
}
