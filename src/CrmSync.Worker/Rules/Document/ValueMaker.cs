using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Worker.Rules.Document;

/// <summary>Values worth trying to meet a test, or to fail it: likely ones first.</summary>
internal sealed class ValueMaker(RuleSet rules, DateTimeOffset at, string language)
{
    /// <summary>A complete record of acts.</summary>
    internal static FactValue Acts(params EngagementAct[] acts) =>
        FactValue.Of(new Engagement { Acts = acts, CompleteSince = DateTimeOffset.MinValue });

    internal IEnumerable<FactValue> For(Condition test, FactDefinition fact) => test switch
    {
        TextIn texts => Texts(fact, texts.Values.Select(value => rules.Aliases.Display(fact.Name, value, language))),
        ContainsWord words => Texts(fact, [.. Titles(fact), .. words.Words.SelectMany(WordFamilies.Expand).Select(word => word.Replace("*", "", StringComparison.Ordinal))]),
        NumberBetween range => Numbers(range),
        CountWithin acts => [Acts(new EngagementAct(at - Ago(acts.Within), acts.Needed)), Acts()],
        InstantWithin instant => [FactValue.Of(at - Ago(instant.Within)), FactValue.Of(at - instant.Within - TimeSpan.FromDays(1))],
        _ => [.. Usual(fact), FactValue.Unknown],
    };

    // Recent, but not of today: a tenth of the window, in whole days where it has some.
    private static TimeSpan Ago(TimeSpan within) => within < TimeSpan.FromDays(2)
        ? within / 2
        : TimeSpan.FromDays(Math.Ceiling(within.TotalDays / 10));

    private IEnumerable<FactValue> Texts(FactDefinition fact, IEnumerable<string> texts) =>
        texts.Concat(Titles(fact)).Append("-").Select(text => fact.Type == FactType.Choices ? FactValue.Of([text]) : FactValue.Of(text));

    private IEnumerable<string> Titles(FactDefinition fact) => rules.Aliases.For(fact.Name).Entries.Select(entry => entry.Label(language));

    private static IEnumerable<FactValue> Numbers(NumberBetween range)
    {
        var least = range.Min ?? 0;
        var most = range.Max ?? Math.Max(0, least);
        // Far from both ends first, then the ends, then beyond them. A number at the end of what decimals hold has no beyond.
        decimal[] near = [Clamp(least, 4), Clamp(least, 2), least, most, Clamp(most, 0.5m), Clamp(most, 2), 0, -1, 1_000_000_000];
        return near.Select(number => FactValue.Of((decimal?)number));
    }

    private static decimal Clamp(decimal number, decimal times) => Math.Abs(number) < 1_000_000_000_000 ? decimal.Round(number * times) : number;

    private IEnumerable<FactValue> Usual(FactDefinition fact) => fact.Type switch
    {
        FactType.Flag => [FactValue.Of(true), FactValue.Of(false)],
        FactType.Bant => [FactValue.Of(BantAnswer.Met), FactValue.Of(BantAnswer.NotMet)],
        FactType.Number => [FactValue.Of((decimal?)100)],
        FactType.Instant => [FactValue.Of(at.AddDays(-3))],
        FactType.Engagement => [Acts(new EngagementAct(at.AddDays(-3))), Acts()],
        _ => Texts(fact, [.. Titles(fact), language == "da" ? "eksempel" : "example"]),
    };
}
