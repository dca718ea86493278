using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.Runs;

/// <summary>
/// An offer is made again although nobody did anything about the lead since our last step: neither to its record, nor by an act that
/// names it, nor to the person of whom its facts are. In the day that is played no rejection has rested long enough for what the last tells.
/// </summary>
internal static class RepeatedOffers
{
    public static IEnumerable<Violation> In(RunHistory history, CrmDialect dialect)
    {
        var timeline = new Timeline(history);
        var acts = timeline.All.Where(effect => !effect.IsOurs && effect.Change is { Record: CrmFields.Tasks, After: not null }).ToList();
        var (byLead, persons) = (acts.ToLookup(effect => effect.Change.After!), PersonsIn(acts, dialect));
        var ofPersons = timeline.All.Where(effect => !effect.IsOurs && effect.Change.Record == dialect.Person?.Record).ToLookup(effect => effect.Change.Id);
        foreach (var lead in timeline.Leads)
        {
            var theirs = byLead[lead].SelectMany(effect => persons[effect.N]).Distinct().SelectMany(person => ofPersons[person]).ToHashSet();
            foreach (var violation in Of(lead, timeline.Of(lead).Concat(byLead[lead]).Concat(theirs).OrderBy(effect => effect.N), theirs))
                yield return violation;
        }
    }

    private static IEnumerable<Violation> Of(string lead, IEnumerable<Effect> effects, HashSet<Effect> ofPerson)
    {
        // What was done after the answer that a step of ours is about is news to the next one.
        var (touched, answer, later, isOfPerson, laterOfPerson) = (true, long.MaxValue, false, false, false);
        string? wish = null;
        foreach (var effect in effects)
        {
            if (effect.Is(CrmFields.Handover) && effect.IsOurs)
            {
                var isKnown = touched || (isOfPerson && effect.Change.Before != "rejected");
                if (!isKnown && wish is not ("send" or "dispute") && effect.Change.After == "waiting" && effect.Change.Before is not (null or "held"))
                    yield return new("repeated", $"{lead} is offered again, and nobody touched it since our last step: {effect}");
                (touched, answer, later, isOfPerson, laterOfPerson) = (later, long.MaxValue, false, laterOfPerson, false);
            }
            wish = effect.Is(CrmFields.Request) ? effect.Change.After : wish;
            if (effect.IsOurs)
                continue;
            if (ofPerson.Contains(effect))
            {
                (isOfPerson, laterOfPerson) = (true, laterOfPerson || effect.N > answer);
                continue;
            }
            (touched, later) = (true, !effect.Is(CrmFields.Answer) && (later || effect.N > answer));
            answer = effect.Is(CrmFields.Answer) ? effect.N : answer;
        }
    }

    /// <summary>Whom an act names, by its line.</summary>
    private static ILookup<long, string> PersonsIn(List<Effect> acts, CrmDialect dialect) =>
        acts.Where(effect => effect.Change.Field == dialect.Person?.By).ToLookup(effect => effect.N, effect => effect.Change.After!);
}
