using System.CommandLine;
using System.Text;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Document;

namespace CrmSync.Worker.Commands.Rules;

/// <summary><c>rules document</c>: the criteria agreement that marketing and sales sign.</summary>
internal static class DocumentCommand
{
    private const string Html = "html";
    private const string Markdown = "md";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly Argument<string?> File = new("FILE") { Description = "The rule file; without it the one in the settings.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Language = Choice("--language", "The language of the page; without it the first that the rules have texts in.", "da", "en");
    private static readonly Option<string?> Format = Choice("--format", "Markdown, or one HTML file. Without it the ending of --output decides, else Markdown.", Markdown, Html);
    private static readonly Option<string?> Output = OutputFile.Option("--output");

    public static Command Create(CommandWorld world)
    {
        var document = new Command("document", "Writes the criteria agreement that marketing and sales sign.") { File, Language, Format, Output };
        document.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, cancellationToken));
        return document;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = Load(parsed);
        var language = LanguageOf(rules, parsed.GetValue(Language));
        var output = parsed.OutputOf(Output);
        var format = parsed.GetValue(Format) ?? (Path.GetExtension(output) is ".html" or ".htm" ? Html : Markdown);
        var page = AgreementBuilder.Of(rules, language);
        var text = format == Html ? HtmlWriter.Write(page) : MarkdownWriter.Write(page);
        if (output is not null)
            await SaveAsync(output, text, cancellationToken);
        if (parsed.IsJson())
            world.Document(new { rules.Name, rules.Version, rules.AgreementHash, language, format, output, text = output is null ? text : null });
        else if (output is null)
            world.Out.Write(text);
        else
            world.Out.WriteLine($"{rules.Name} v{rules.Version}: the agreement is in {output}.");
        return (int)ExitCode.Done;
    }

    private static RuleSet Load(ParseResult parsed)
    {
        var result = RuleFile.Load(RulesInForce.PathOf(parsed, parsed.GetValue(File)));
        return result.RuleSet ?? throw new CommandFailure(
            ExitCode.Configuration, "rules", [.. result.Problems.Select(p => new SettingProblem($"{p.File}:{p.Line}:{p.Column}", p.Message, p.Repair))]);
    }

    // Half a translation is no agreement: the language must be one that every criterion has a text in.
    private static string LanguageOf(RuleSet rules, string? asked)
    {
        if (asked is null)
            return rules.Languages is [var first, ..] ? first : "en";
        return rules.Languages.Contains(asked) ? asked : throw new CommandFailure(
            ExitCode.Usage, "usage", $"The rules have no texts in '{asked}'.",
            $"Add {asked} to 'languages' and a text to every criterion, or ask for --language {string.Join(" or ", rules.Languages)}.");
    }

    private static async Task SaveAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await System.IO.File.WriteAllTextAsync(path, text, Utf8, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandFailure(ExitCode.InputOutput, "output", $"The page cannot be written: {failure.Message}", "Name a file in a folder that exists and may be written to.");
        }
    }

    private static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
