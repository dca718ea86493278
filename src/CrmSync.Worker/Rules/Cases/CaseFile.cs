using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>The cases of a file, or null with at least one error. <paramref name="Problems"/> are in file order.</summary>
internal sealed record CaseFileResult(IReadOnlyList<LeadCase>? Cases, IReadOnlyList<RuleFileProblem> Problems);

/// <summary>Reads a file of cases. Never throws for what a file or disk may hold: everything wrong is a problem, all at once.</summary>
internal static class CaseFile
{
    /// <summary>Where the cases of a rule file lie: <c>sal-rules.cases.yaml</c> beside <c>sal-rules.yaml</c>.</summary>
    internal static string Beside(string rulesFile) => Path.ChangeExtension(rulesFile, ".cases.yaml");

    internal static CaseFileResult Load(string path, RuleSet rules)
    {
        var file = YamlBytes.Read(path, RuleFile.MaxBytes);
        if (file.Fault is { } fault)
            return Failed(path, fault, "Check its name and rights.");
        if (file.Bytes is not { } bytes)
            return Failed(path, "The file is larger than 1 MB.", "Split the cases into several files and test each with --cases.");
        return YamlBytes.Text(bytes) is { } text ? Parse(text, path, rules) : Failed(path, YamlBytes.NotText, "Save it as UTF-8.");
    }

    /// <summary>Reads a text under a name that problems will carry.</summary>
    internal static CaseFileResult Parse(string text, string name, RuleSet rules)
    {
        var problems = new ProblemList(name, endless: false);
        try
        {
            var cases = YamlTree.Read(text, problems) is { } root ? new CaseFileReader(rules, problems).Read(root) : null;
            return new(problems.HasErrors ? null : cases, problems.Sorted);
        }
        catch (TooWrongException)
        {
            return new(null, problems.Sorted);
        }
    }

    private static CaseFileResult Failed(string name, string message, string repair) =>
        new(null, [new(name, 1, 1, message, repair, ProblemSeverity.Error)]);
}
