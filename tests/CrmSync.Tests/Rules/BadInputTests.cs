using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Tests.Rules.Review;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

/// <summary>What no honest file or CRM holds: a clear error or an inert value, never a crash, and in bounded time.</summary>
public sealed class BadInputTests
{
    // A hundred times what it takes, so that a busy machine fails no test.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Refuses_50_MB_by_size_before_reading()
    {
        using var directory = new ScratchDirectory();
        var path = directory.File("rules.yaml");
        using (var file = File.Create(path))
            file.SetLength(50 * 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("The file is larger than 1 MB.", Assert.Single(RuleFile.Load(path).Problems).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Refuses_10_000_criteria_with_one_clear_error()
    {
        var criteria = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\n  - {{ id: x{i}, group: bant, when: {{ op: inCoolOff }}, text: {{ en: a, da: b }} }}"));
        var result = Timed(RuleSamples.ShippedText.Replace("\ncriteria:\n", $"\ncriteria:{criteria}\n", StringComparison.Ordinal));
        Assert.Contains(result.Problems, problem => problem.Message == "There are more than 64 criteria.");
    }

    [Fact]
    public void Refuses_a_bomb_of_aliases()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 60; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        Assert.Contains(Timed(bomb.ToString()).Problems, problem => problem.Message == "Anchors (&) and tags (!) are not allowed.");
    }

    [Theory]
    [InlineData("when: &c { not: *c }")]
    [InlineData("when: { fact: company.name, op: !!python/object:os.system exists }")]
    public void Refuses_what_refers_to_itself_or_names_a_type(string when) =>
        Assert.Null(Timed(ReviewSamples.Shipped("when: { op: inCoolOff }", when)).RuleSet);

    [Fact]
    public void Refuses_policies_that_extend_each_other()
    {
        var problems = Timed(ReviewSamples.Shipped("\nhandover:", "\npolicies:\n  - { id: a, extends: b, when: { op: inCoolOff } }\n  - { id: b, extends: a, when: { op: inCoolOff } }\n\nhandover:")).Problems;
        Assert.Contains(problems, problem => problem.Message.Contains("in a circle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("points: 25", "points: NaN")]
    [InlineData("points: 25", "points: .inf")]
    [InlineData("points: 25", "points: 1e400")]
    [InlineData("points: 25", "points: 99999999999999999999")]
    [InlineData("fit: 50", "fit: Infinity")]
    [InlineData("value: [20, 1000]", "value: [NaN, .inf]")]
    [InlineData("value: [20, 1000]", "value: [20, 1e30]")]
    [InlineData("value: [20, 1000]", "value: [20, 79228162514264337593543950336]")]
    [InlineData("value: 3,", "value: .nan,")]
    [InlineData("within: 14d", "within: NaNd")]
    [InlineData("within: 14d", "within: 99999999999d")]
    [InlineData("within: 14d", "within: 3651d")]
    [InlineData("within: 14d", "within: -1d")]
    [InlineData("halfLife: 30d", "halfLife: 0d")]
    [InlineData("halfLife: 30d", "halfLife: .inf")]
    [InlineData("badTiming: 180d", "badTiming: 2147483648d")]
    [InlineData("answer: 1 business day", "answer: NaN business days")]
    [InlineData("answer: 1 business day", "answer: 999999999 business days")]
    [InlineData("effective: 2026-01-01", "effective: 10000-01-01")]
    [InlineData("effective: 2026-01-01", "effective: 2026-02-30")]
    [InlineData("version: 1", "version: [1]")]
    [InlineData("criteria:\n", "criteria: 5\nrest:\n")]
    [InlineData("gates:\n", "gates: []\nrest:\n")]
    [InlineData("en: Target industry", "en: [Target, industry]")]
    [InlineData("en: Target industry", "en: \"Target\\nindustry\"")]
    [InlineData("en: Target industry", "en: \"Target\\0industry\"")]
    [InlineData("en: Target industry", "en: \"Target\\u202Eindustry\"")]
    [InlineData("en: Target industry", "en: \"\\uD800\"")]
    [InlineData("fact: company.employees", "fact: [company.employees, company.employees]")]
    public void Says_what_is_wrong_where(string right, string wrong)
    {
        var text = ReviewSamples.Shipped(right, wrong);
        var result = Timed(text);
        Assert.Null(result.RuleSet);
        var line = text[..text.IndexOf(wrong, text.IndexOf("\nschema: 1", StringComparison.Ordinal), StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.Contains(result.Problems, problem => problem.Severity == ProblemSeverity.Error && Math.Abs(problem.Line - line) <= 1);
    }

    [Theory]
    [InlineData('x', 1_000_000)]
    [InlineData('[', 900_000)]
    [InlineData('{', 900_000)]
    [InlineData('-', 900_000)]
    [InlineData('?', 900_000)]
    [InlineData('"', 900_001)]
    [InlineData('\t', 900_000)]
    [InlineData('\u202E', 300_000)]
    public void Answers_a_megabyte_of_one_letter_in_time(char letter, int count) => Assert.Null(Timed(new string(letter, count)).RuleSet);

    [Theory]
    [InlineData("x: 1\n", 100_000)]
    [InlineData("- ", 400_000)]
    [InlineData("? ", 400_000)]
    [InlineData("[a, ", 200_000)]
    [InlineData("{a: ", 200_000)]
    [InlineData("k{0}: v\n", 80_000)]
    [InlineData("a: |\n b\n", 100_000)]
    public void Answers_a_megabyte_of_one_piece_in_time(string piece, int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(piece.Replace("{0}", $"{i}", StringComparison.Ordinal));
        Assert.Null(Timed(text.ToString()).RuleSet);
    }

    [Fact]
    public void Answers_the_widest_conditions_in_time()
    {
        var words = string.Join(", ", Enumerable.Range(0, 60_000).Select(i => $"w{i}"));
        Timed(ReviewSamples.Shipped("value: [software, machinery, electronics, metal, food]", $"value: [{words}]"));
        var tests = string.Join(", ", Enumerable.Range(0, 10_000).Select(i => $"{{ fact: company.employees, op: eq, value: {i} }}"));
        Assert.Contains(Timed(ReviewSamples.Shipped("when: { op: inCoolOff }", $"when: {{ any: [{tests}] }}")).Problems, problem => problem.Message == "There are more than 500 conditions.");
        var facts = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\n  - {{ name: f{i}, type: text }}"));
        Assert.Contains(Timed(RuleSamples.ShippedText.Replace("\nfacts:\n", $"\nfacts:{facts}\n", StringComparison.Ordinal)).Problems, problem => problem.Message == "There are more than 300 facts.");
    }

    [Fact]
    public void Reviews_the_deepest_and_widest_conditions_in_time()
    {
        // Eight levels of three, which is what 500 conditions and 16 levels of maps and lists allow, on facts of every kind.
        var when = Enumerable.Range(0, 5).Aggregate("{ fact: company.employees, op: atLeast, value: 7 }", (inner, level) => level % 2 == 0
            ? $"{{ any: [{inner}, {{ fact: engagement.pageView, op: countWithin, value: {level + 1}, within: 30d }}, {inner}] }}"
            : $"{{ not: {{ all: [{inner}, {{ fact: company.country, op: in, value: [DK, SE] }}, {inner}] }} }}");
        Timed(ReviewSamples.Shipped("when: { op: inCoolOff }", $"when: {when}"));
    }

    [Fact]
    public void Keeps_what_the_file_says_out_of_the_terminal()
    {
        var problem = RuleFile.Parse("\"\\e[31mred\\u202E\": 1", "r.yaml").Problems[0];
        Assert.DoesNotContain(problem.ToString(), c => char.IsControl(c) || c == '\u202E');
        Assert.InRange(RuleFile.Parse(new string('k', 500) + ": 1", "r.yaml").Problems[0].Message.Length, 1, 400);
    }

    [Fact]
    public void Reads_a_byte_order_mark_and_the_line_ends_of_windows()
    {
        var windows = "\uFEFF" + RuleSamples.ShippedText.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(20, RuleSamples.Parse(windows).Criteria.Count);
        Assert.Equal(RuleSamples.Shipped.AgreementHash, RuleSamples.Parse(windows).AgreementHash);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 })]
    public void Refuses_what_is_not_UTF_8(byte[] bytes) =>
        Assert.Equal("The file is not UTF-8.", Assert.Single(RuleFile.FromBytes(bytes, "r.yaml").Problems).Message);

    [Theory]
    [InlineData("\0\u0007\u001B[2J")]
    [InlineData("\uD800")]
    [InlineData("x\uDC00y")]
    [InlineData("\u202Egnitekram")]
    [InlineData("a\r\nb\u2028c")]
    public void Shows_hostile_text_as_harmless_text(string hostile)
    {
        var lead = RuleSamples.Offered().Set(WellKnownFacts.PersonRole, FactValue.Of("director " + hostile))
            .Did(EngagementKinds.WebinarAttended, RuleSamples.On(11, 17, hostile)).Build();
        var evaluation = RuleEngine.Evaluate(RuleSamples.Shipped, lead, new(RuleSamples.Judged));
        var text = WhyText.Offered(RuleSamples.Shipped, evaluation, lead, RuleSamples.Due, RuleSamples.Copenhagen, "en");
        Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u2028' || char.IsSurrogate(c));
        Assert.Contains("irector", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judges_a_word_of_a_megabyte_and_ten_thousand_acts_in_time()
    {
        var acts = Enumerable.Range(0, 10_000).Select(i => new EngagementAct(RuleSamples.Judged.AddMinutes(-i * 10))).Reverse().ToArray();
        var lead = RuleSamples.Lead().Set(WellKnownFacts.PersonRole, FactValue.Of(new string('x', 1_000_000)))
            .Did(EngagementKinds.PageView, acts).Did(EngagementKinds.EmailClick, acts).Build();
        var watch = Stopwatch.StartNew();
        RuleEngine.Evaluate(RuleSamples.Shipped, lead, new(RuleSamples.Judged));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
    }

    private static RuleFileResult Timed(string text)
    {
        var watch = Stopwatch.StartNew();
        var result = RuleFile.Parse(text, "r.yaml");
        Worker.Rules.Review.RuleReview.Of("r.yaml", result, ReviewSamples.Today);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
        Assert.InRange(result.Problems.Count, 0, 201);
        return result;
    }
}
