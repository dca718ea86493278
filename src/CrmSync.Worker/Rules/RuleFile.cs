using System.Security.Cryptography;
using System.Text;

namespace CrmSync.Worker.Rules;

/// <summary>Reads a rule file. Never throws for what a file or disk may hold: everything wrong is a problem, all at once.</summary>
internal static class RuleFile
{
    /// <summary>Refused beyond this many bytes.</summary>
    internal const int MaxBytes = 1024 * 1024;

    internal static RuleFileResult Load(string path)
    {
        var file = YamlBytes.Read(path, MaxBytes);
        if (file.Fault is { } fault)
            return Failed(path, fault, "Check the setting 'Rules' and the file's rights.");
        return file.Bytes is { } bytes ? FromBytes(bytes, path) : TooLarge(path);
    }

    /// <summary>Reads a text under a name that problems will carry.</summary>
    internal static RuleFileResult Parse(string text, string name) => FromBytes(Encoding.UTF8.GetBytes(text), name);

    /// <summary>Reads the bytes of a file; the hash is theirs.</summary>
    internal static RuleFileResult FromBytes(byte[] bytes, string name)
    {
        if (bytes.Length > MaxBytes)
            return TooLarge(name);
        if (YamlBytes.Text(bytes) is not { } text)
            return Failed(name, YamlBytes.NotText, "Save it as UTF-8.");
        var problems = new ProblemList(name, endless: false);
        try
        {
            var root = YamlTree.Read(text, problems);
            var rules = root is null ? null : RuleSetReader.Read(root, Convert.ToHexStringLower(SHA256.HashData(bytes)), problems);
            return new(problems.HasErrors ? null : rules, problems.Sorted) { Tree = root as YamlMap };
        }
        catch (TooWrongException)
        {
            return new(null, problems.Sorted);
        }
    }

    private static RuleFileResult TooLarge(string name) => Failed(name, "The file is larger than 1 MB.", "A rule file has a few hundred lines.");

    private static RuleFileResult Failed(string name, string message, string repair) =>
        new(null, [new(name, 1, 1, message, repair, ProblemSeverity.Error)]);
}
