using System.CommandLine;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>The file that a command writes instead of standard output.</summary>
internal static class OutputFile
{
    /// <summary>Standard output under the name that other programs have for it.</summary>
    private const string StandardOutput = "-";

    public static Option<string?> Option(string name) =>
        new(name) { Description = "The file to write; without it, or with -, standard output.", HelpName = "FILE" };

    /// <summary>Null: it goes to standard output.</summary>
    public static string? OutputOf(this ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } file and not StandardOutput ? file : null;
}
