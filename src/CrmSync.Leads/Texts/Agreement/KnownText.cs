using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Tells the facts of a lead: "Industry: software", "Attended a webinar on 2 Jan 2026".</summary>
public static class KnownText
{
    /// <summary>One statement for each of the named facts that is known and says something. Days are those of <paramref name="zone"/>.</summary>
    public static IReadOnlyList<Clause> Of(RuleSet rules, LeadFacts facts, IEnumerable<string> names, TimeZoneInfo zone, string language)
    {
        var words = new Wording(language);
        return [.. names.Select(rules.Catalogue.Find).OfType<FactDefinition>()
            .Select(fact => Say(rules, fact, facts[fact.Name], zone, words)).OfType<string>().Select(text => new Clause(Line.Capital(text)))];
    }

    private static string? Say(RuleSet rules, FactDefinition fact, FactValue value, TimeZoneInfo zone, Wording words)
    {
        string Day(DateTimeOffset at) => words.Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));
        if (!value.IsKnown)
            return null;
        if (fact.Type != FactType.Engagement)
            return $"{FactNouns.LabelOf(rules, fact, words)}: {Value(rules, fact, value, Day, words)}";
        var acts = value.Engagement.Acts;
        if (acts.Count == 0)
            return null;
        var (count, latest) = (acts.Sum(act => act.Count), Day(acts[^1].At));
        return count == 1
            ? $"{FactNouns.ActOf(fact, words)} {words["den", "on"]} {latest}"
            : $"{words.Number(count)} {FactNouns.ActsOf(fact, words)}, {words["senest", "latest"]} {latest}";
    }

    private static string Value(RuleSet rules, FactDefinition fact, FactValue value, Func<DateTimeOffset, string> day, Wording words) => value.Type switch
    {
        FactType.Text => Named(rules, fact, value.Text, words),
        FactType.Choices => string.Join(", ", value.Choices.Select(choice => Named(rules, fact, choice, words))),
        FactType.Number => words.Number(value.Number),
        FactType.Flag => value.Flag ? words["ja", "yes"] : words["nej", "no"],
        FactType.Bant => value.Bant == BantAnswer.Met ? words["ja", "yes"] : words["nej", "no"],
        FactType.Instant => day(value.Instant),
        _ => value.ToString(),
    };

    private static string Named(RuleSet rules, FactDefinition fact, string value, Wording words) =>
        Line.Foreign(rules.Aliases.Display(fact.Name, value, words.Language));
}
