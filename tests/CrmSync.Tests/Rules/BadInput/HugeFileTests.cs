using System.Globalization;
using System.Text;
using CrmSync.Tests.Rules.Review;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules.BadInput;

/// <summary>Files that are huge, or would become so, are answered in bounded time.</summary>
public sealed class HugeFileTests
{
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
        var result = Timed.Read(RuleSamples.ShippedText.Replace("\ncriteria:\n", $"\ncriteria:{criteria}\n", StringComparison.Ordinal));
        Assert.Contains(result.Problems, problem => problem.Message == "There are more than 64 criteria.");
    }

    [Fact]
    public void Refuses_a_bomb_of_aliases()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 60; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        Assert.Contains(Timed.Read(bomb.ToString()).Problems, problem => problem.Message == "Anchors (&) and tags (!) are not allowed.");
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
    public void Answers_a_megabyte_of_one_letter_in_time(char letter, int count) => Assert.Null(Timed.Read(new string(letter, count)).RuleSet);

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
        Assert.Null(Timed.Read(text.ToString()).RuleSet);
    }

    [Fact]
    public void Answers_the_widest_conditions_in_time()
    {
        var words = string.Join(", ", Enumerable.Range(0, 60_000).Select(i => $"w{i}"));
        Timed.Read(ReviewSamples.Shipped("value: [software, machinery, electronics, metal, food]", $"value: [{words}]"));
        var tests = string.Join(", ", Enumerable.Range(0, 10_000).Select(i => $"{{ fact: company.employees, op: eq, value: {i} }}"));
        Assert.Contains(Timed.Read(ReviewSamples.Shipped("when: { op: inCoolOff }", $"when: {{ any: [{tests}] }}")).Problems, problem => problem.Message == "There are more than 500 conditions.");
        var facts = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\n  - {{ name: f{i}, type: text }}"));
        Assert.Contains(Timed.Read(RuleSamples.ShippedText.Replace("\nfacts:\n", $"\nfacts:{facts}\n", StringComparison.Ordinal)).Problems, problem => problem.Message == "There are more than 300 facts.");
    }

    [Fact]
    public void Reviews_the_deepest_and_widest_conditions_in_time()
    {
        // Eight levels of three, which is what 500 conditions and 16 levels of maps and lists allow, on facts of every kind.
        var when = Enumerable.Range(0, 5).Aggregate("{ fact: company.employees, op: atLeast, value: 7 }", (inner, level) => level % 2 == 0
            ? $"{{ any: [{inner}, {{ fact: engagement.pageView, op: countWithin, value: {level + 1}, within: 30d }}, {inner}] }}"
            : $"{{ not: {{ all: [{inner}, {{ fact: company.country, op: in, value: [DK, SE] }}, {inner}] }} }}");
        Timed.Read(ReviewSamples.Shipped("when: { op: inCoolOff }", $"when: {when}"));
    }
}
