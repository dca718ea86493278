using System.Diagnostics;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;

namespace CrmSync.Tests.Rules.BadInput;

/// <summary>What no honest CRM holds is judged and shown as something harmless.</summary>
public sealed class HostileFactsTests
{
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
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Timed.Patience);
    }
}
