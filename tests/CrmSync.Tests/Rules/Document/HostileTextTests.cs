using System.Text.Json;
using System.Text.RegularExpressions;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.Document;

namespace CrmSync.Tests.Rules.Document;

/// <summary>Words of a rule file that would rather be mark-up stay words.</summary>
public sealed partial class HostileTextTests
{
    private const string Script = "<script>alert(1)</script>";
    private const string Picture = "\"><img src=x onerror=alert(1)> </style><!-- ' ]]>";
    private const string Marks = "a | b **c** [d](https://evil.example) `e` # f <b>g</b> www.evil.example m@evil.example ~~h~~ ```";
    private const string Turned = "Ja\u202Elave\u2066 \u0000\u0007\u00AD\uE000nej\n## i\n- j";

    private static RuleSet Rules(string words) => RuleSamples.Parse(With(words));

    private static string With(string words) => RuleSamples.ShippedText
        .Replace("\nname: Standard", $"\nname: {Json(words)}")
        .Replace("Target industry", "X").Replace("da: Branche i målgruppen }", $"da: {Json(words)} }}").Replace("{ en: X,", $"{{ en: {Json(words)},")
        .Replace("label: { en: Competitor, da: Konkurrent }", $"label: {{ en: {Json(words)}, da: {Json(words)} }}")
        .Replace("metal, food]", $"metal, {Json(words)}]")
        .Replace("op: contains, value: [student,", $"op: contains, value: [{Json(words)},")
        .Replace("assign: { to: owner }", $"assign: {{ to: turns, people: [{Json(words)}] }}")
        .Replace("signed: []", $"signed: [{{ by: {Json(words)}, department: {Json(words)}, on: {Json(words)}, hash: {Json(words)} }}]");

    [Theory]
    [InlineData(Script)]
    [InlineData(Picture)]
    [InlineData(Marks)]
    public void Is_inert_in_HTML(string words)
    {
        var html = Pages.Html(Rules(words), "da");
        var ours = Pages.Tags(Pages.Html(RuleSamples.Shipped, "da")).Select(Name).ToHashSet();
        Assert.Empty(Pages.Tags(html).Select(Name).Except(ours));
        Assert.DoesNotContain(Pages.Tags(html), tag => tag.Contains("evil", StringComparison.Ordinal) || tag.Contains("onerror", StringComparison.Ordinal));
        Assert.Contains(SafeText.Line(words), Pages.Words(html), StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_for_nothing_outside_itself()
    {
        var html = Pages.Html(RuleSamples.Shipped, "en");
        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)<(script|link|img|iframe|object)|url\(|@import|https?:", html);
    }

    [Theory]
    [InlineData(Script)]
    [InlineData(Picture)]
    [InlineData(Marks)]
    public void Is_inert_in_Markdown(string words)
    {
        var fenced = false;
        foreach (var line in Pages.Markdown(Rules(words), "da").Split('\n'))
        {
            fenced ^= line.StartsWith("```", StringComparison.Ordinal);
            if (fenced)
                continue;
            Assert.DoesNotMatch(@"(?<!\\)<", line);
            Assert.DoesNotMatch(@"(?<!\\)\[", line);
            Assert.DoesNotMatch(@"(?<!\\)://", line);
            Assert.DoesNotContain("www.", line, StringComparison.Ordinal);
            if (line.StartsWith('|'))
                Assert.Contains(Bars(line), new[] { 3, 4, 5 });
        }
        Assert.False(fenced);
    }

    [Fact]
    public void Neither_turns_nor_hides_nor_breaks_a_line()
    {
        // A rule file that holds such words is refused; should some come by another way, they are one plain line.
        var refused = RuleFile.Parse(With(Turned), "rules.yaml");
        Assert.Null(refused.RuleSet);
        Assert.All(["'name'", "'by'", "'department'"], key => Assert.Contains(refused.Problems, p => p.Message.Contains($"{key} holds line breaks or hidden characters", StringComparison.Ordinal)));
        Assert.Equal("Jalave nej ## i - j", SafeText.Line(Turned));
    }

    [Theory]
    [InlineData("1. x", @"1\. x")]
    [InlineData("- x", @"\- x")]
    [InlineData("=== x", @"\=== x")]
    [InlineData("2026 er et år", "2026 er et år")]
    public void Begins_no_list_or_heading(string words, string expected) => Assert.Equal(expected, MarkdownText.Start(words));

    [Fact]
    public void Does_not_close_its_fence() => Assert.StartsWith("````text\n", MarkdownText.Fenced("a\n```\nb"), StringComparison.Ordinal);

    private static int Bars(string line) => Regex.Count(line, @"(?<!\\)\|");

    private static string Name(string tag) => tag.TrimStart('<', '/').Split(' ', '>')[0];

    private static string Json(string words) => JsonSerializer.Serialize(words);
}
