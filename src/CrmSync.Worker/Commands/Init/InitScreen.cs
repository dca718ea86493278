using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Rules.JsonSchema;
using CrmSync.Worker.Rules.Samples;

namespace CrmSync.Worker.Commands.Init;

/// <summary>What <c>init</c> wrote, and what to do with it.</summary>
internal static class InitScreen
{
    internal static void Show(CommandWorld world, FirstFiles files, FirstCheck check, RulesStanding standing)
    {
        var rules = check.Rules!;
        var width = files.Cases.Length;
        world.Out.WriteLine();
        world.Out.WriteLine($"Written: {files.Rules.PadRight(width)}  {rules.Name} v{rules.Version}, {rules.Criteria.Count} criteria");
        world.Out.WriteLine($"         {files.Cases.PadRight(width)}  {check.Cases.Count} cases, all passed");
        foreach (var warning in check.Problems)
            world.Out.WriteLine(warning.ToString());
        world.Out.WriteLine();
        world.Out.WriteLine("Next:");
        var steps = Next(files, standing);
        var wide = steps.Max(step => step.Command.Length);
        foreach (var (command, what) in steps)
            world.Out.WriteLine($"  {command.PadRight(wide)}  {what}");
        if (Unmapped(rules) is { Count: > 0 } facts)
        {
            world.Out.WriteLine();
            world.Out.WriteLine($"Say under facts: which property of your CRM holds {string.Join(", ", facts)};");
            world.Out.WriteLine("until then they are unknown, which never counts against a lead.");
        }
    }

    internal static object Document(FirstAnswers answers, FirstFiles files, FirstCheck check, RulesStanding standing) => new
    {
        rules = files.Rules,
        cases = files.Cases,
        inForce = standing.IsInForce,
        check.Rules!.Name,
        check.Rules.Version,
        check.Rules.Hash,
        criteria = check.Rules.Criteria.Count,
        tested = check.Cases.Count,
        answers = SixQuestions.All.ToDictionary(question => question.Key, question => question.Default(answers)),
        unmapped = Unmapped(check.Rules),
        problems = check.Problems,
        next = Next(files, standing).Select(step => step.Command),
    };

    private static IReadOnlyList<(string Command, string What)> Next(FirstFiles files, RulesStanding standing) =>
    [
        ($"crmsync rules lint {files.Rules}", "what is wrong with the rules, after each change"),
        ($"crmsync rules test {files.Rules}", "whether they still say what you agreed on"),
        ($"crmsync rules document {files.Rules}", "the agreement that both departments read and sign"),
        ($"crmsync rules schema > {Schema(files)}", "what editors need to complete and check the file"),
        ("crmsync run", standing.Told),
    ];

    // Where the first line of the rules looks for it.
    private static string Schema(FirstFiles files) => Path.Combine(Path.GetDirectoryName(files.Rules) ?? "", RuleSchema.FileName);

    private static List<string> Unmapped(RuleSet rules) => [.. rules.Facts.Where(fact => fact.From.Count == 0).Select(fact => fact.Definition.Name)];
}
