using System.Text;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>The cases of a file, or null with at least one error. <paramref name="Problems"/> are in file order.</summary>
internal sealed record CaseFileResult(IReadOnlyList<LeadCase>? Cases, IReadOnlyList<RuleFileProblem> Problems);

/// <summary>Reads a file of cases. Never throws for what a file or disk may hold: everything wrong is a problem, all at once.</summary>
internal static class CaseFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Where the cases of a rule file lie: <c>sal-rules.cases.yaml</c> beside <c>sal-rules.yaml</c>.</summary>
    internal static string Beside(string rulesFile) => Path.ChangeExtension(rulesFile, ".cases.yaml");

    internal static CaseFileResult Load(string path, RuleSet rules)
    {
        try
        {
            using var file = File.OpenRead(path);
            // One byte more than allowed shows that a file grew while it was read.
            var buffer = new byte[RuleFile.MaxBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length > RuleFile.MaxBytes
                ? Failed(path, "The file is larger than 1 MB.", "Split the cases into several files and test each with --cases.")
                : Parse(Strict.GetString(buffer.AsSpan(0, length)).TrimStart('\uFEFF'), path, rules);
        }
        catch (DecoderFallbackException)
        {
            return Failed(path, "The file is not UTF-8.", "Save it as UTF-8.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Failed(path, $"The file cannot be read: {failure.Message}", "Check its name and rights.");
        }
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
