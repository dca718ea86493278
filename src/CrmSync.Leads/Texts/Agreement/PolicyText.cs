using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says for whom a policy stands, and where it departs from the usual criteria.</summary>
public static class PolicyText
{
    public static string Title(string language) => new Wording(language)["Andre regler for nogle leads", "Other rules for some leads"];

    public static string Body(string language) => new Wording(language)[
        "Reglerne prøves i denne rækkefølge. Det første sæt, hvis betingelse er opfyldt, bedømmer leadet. Kan det ikke afgøres, gælder sættet ikke. Alle andre leads bedømmes efter kriterierne og kravene ovenfor.",
        "These are tried in this order. The first whose condition is met judges the lead; where that cannot be told, it does not. All other leads are judged by the criteria and thresholds above."];

    /// <summary>Which leads it judges. The policy has a condition.</summary>
    public static Clause Judges(RuleSet rules, Policy policy, string language) =>
        new(new Wording(language)["Gælder leads, hvor", "For leads where"], [ConditionText.Of(rules, policy.When!, language)]);

    /// <summary>Other points, criteria left out, criteria that only some policies ask, and another time to answer; empty where there is no difference.</summary>
    public static IReadOnlyList<Clause> Departures(RuleSet rules, Policy policy, string language)
    {
        var words = new Wording(language);
        var usual = rules.Default;
        string Named(Criterion criterion) => $"\"{criterion.Text.In(words.Language)}\"";
        var other = policy.Criteria.Where(own => usual.Find(own.Id) is { } known && known.Points != own.Points)
            .Select(own => words[$"{Named(own)} giver {own.Points} point (ellers {usual.Find(own.Id)!.Points})", $"{Named(own)} earns {own.Points} points (elsewhere {usual.Find(own.Id)!.Points})"]);
        var added = policy.Criteria.Where(own => usual.Find(own.Id) is null)
            .Select(own => words[$"{Named(own)} indgår også ({own.Points} point)", $"{Named(own)} is asked too ({own.Points} points)"]);
        var left = usual.Criteria.Where(known => policy.Find(known.Id) is null).Select(Named).ToList();
        var without = left.Count == 0 ? [] : new[] { words[$"Indgår ikke: {words.And(left)}", $"Not asked: {words.And(left)}"] };
        var sla = rules.SlaOf(policy) == rules.SlaOf(usual) ? [] : new[] { PromiseText.Deadline(rules.SlaOf(policy), words) };
        return [.. other.Concat(added).Concat(without).Concat(sla).Select(text => new Clause(text))];
    }
}
