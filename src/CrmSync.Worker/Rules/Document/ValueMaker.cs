using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Worker.Rules.Document;

/// <summary>Values worth trying to meet a test, or to fail it: likely ones first.</summary>
internal sealed class ValueMaker(RuleSet rules, DateTimeOffset at, string language, bool fresh)
{
    /// <summary>A complete record of acts.</summary>
    internal static FactValue Acts(params EngagementAct[] acts) =>
        FactValue.Of(new Engagement { Acts = acts, CompleteSince = DateTimeOffset.MinValue });

    internal IEnumerable<FactValue> For(Condition test, FactDefinition fact) => test switch
    {
        TextIn texts => Texts(fact, texts.Values.Select(value => rules.Aliases.Display(fact.Name, value, language))),
        ContainsWord words => Texts(fact, [.. Titles(fact), .. words.Words.SelectMany(WordFamilies.Expand).Select(word => word.Replace("*", "", StringComparison.Ordinal))]),
        NumberBetween range => Numbers(range.Min, range.Max),
        MoreThan more => Numbers(more.Bound, null).Concat(Numbers(Beyond(more.Bound, 1), null)),
        LessThan less => Numbers(null, less.Bound).Concat(Numbers(null, Beyond(less.Bound, -1))),
        CountWithin acts => [Acts(new EngagementAct(at - Spread(acts), acts.Needed)), Acts()],
        InstantWithin past => [FactValue.Of(at - Ago(past.Within)), FactValue.Of(at - past.Within - TimeSpan.FromDays(1))],
        OlderThan old => [FactValue.Of(at - old.Age - TimeSpan.FromDays(1)), FactValue.Of(at)],
        DueWithin ahead => [FactValue.Of(at + Ago(ahead.Within)), FactValue.Of(at - TimeSpan.FromDays(1))],
        _ => [.. Usual(fact), FactValue.Unknown],
    };

    // Recent, but not of today: a tenth of the window, in whole days where it has some.
    private static TimeSpan Ago(TimeSpan within) => within < TimeSpan.FromDays(2)
        ? within / 2
        : TimeSpan.FromDays(Math.Ceiling(within.TotalDays / 10));

    // Not everything happens on one day.
    private TimeSpan Spread(CountWithin acts)
    {
        if (fresh)
            return TimeSpan.Zero;
        var later = Ago(acts.Within) + TimeSpan.FromDays(acts.Slots[0] % 4);
        return later <= acts.Within / 2 ? later : Ago(acts.Within);
    }

    private IEnumerable<FactValue> Texts(FactDefinition fact, IEnumerable<string> texts) =>
        texts.Concat(Titles(fact)).Append("-").Select(text => fact.Type == FactType.Choices ? FactValue.Of([text]) : FactValue.Of(text));

    private IEnumerable<string> Titles(FactDefinition fact) => rules.Aliases.For(fact.Name).Entries.Select(entry => entry.Label(language));

    private static IEnumerable<FactValue> Numbers(decimal? min, decimal? max)
    {
        var least = min ?? 0;
        var most = max ?? Math.Max(0, least);
        // Far from both ends first, then the ends, then beyond them.
        decimal[] near = [Times(least, 4), Times(least, 2), least, most, Times(most, 0.5m), Times(most, 2), Beyond(least, -1), Beyond(most, 1), 0];
        return near.Select(number => FactValue.Of((decimal?)number));
    }

    // A number near the end of what decimals hold stays where it is.
    private static decimal Times(decimal number, decimal times) => Math.Abs(number) < 1_000_000_000_000 ? decimal.Round(number * times) : number;

    private static decimal Beyond(decimal number, decimal by) => Math.Abs(number) < 1_000_000_000_000 ? number + by : number;

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
