using System.Net;
using System.Text.RegularExpressions;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules.Document;

namespace CrmSync.Tests.Rules.Document;

/// <summary>Agreements as text, and what a reader sees of them.</summary>
internal static partial class Pages
{
    internal static string Markdown(RuleSet rules, string language) => MarkdownWriter.Write(AgreementBuilder.Of(rules, language));

    internal static string Html(RuleSet rules, string language) => HtmlWriter.Write(AgreementBuilder.Of(rules, language));

    /// <summary>The words of an HTML page, without its tags and its style.</summary>
    internal static string Words(string html) => WebUtility.HtmlDecode(Tag().Replace(html[html.IndexOf("<main>", StringComparison.Ordinal)..], "\n"));

    /// <summary>Every tag of a page, with its attributes.</summary>
    internal static IEnumerable<string> Tags(string html) => Tag().Matches(html).Select(match => match.Value);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
