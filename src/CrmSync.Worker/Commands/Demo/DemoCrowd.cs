namespace CrmSync.Worker.Commands.Demo;

/// <summary>
/// The people around one CRM: leads who read and ask, reps who answer in the record, marketing, buyers who sign or do not.
/// They see what the CRM shows and touch nothing else.
/// </summary>
internal sealed class DemoCrowd(string crm, IDemoCrm surface, Draw draw, DemoAgenda agenda, IReadOnlyList<DemoPerson> people)
{
    private readonly Dictionary<string, DemoPerson> _byKey = people.ToDictionary(p => p.Key);
    private readonly Dictionary<string, int> _offers = [];
    private readonly DemoReps _reps = new(crm, surface, draw);
    private readonly DemoMarketing _marketing = new(crm, surface, draw);

    /// <summary>How often people in sales and marketing did what.</summary>
    public SortedDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>Puts those who were there before into the CRM, and plans for all others.</summary>
    public async Task BeginAsync(DateTimeOffset start, CancellationToken cancellationToken)
    {
        await surface.AddAsync(people.Where(p => p.ArrivesAt <= start), cancellationToken);
        foreach (var person in people)
        {
            if (person.ArrivesAt > start)
                Plan(person, new(person.ArrivesAt, token => surface.AddAsync([person], token)));
            foreach (var act in person.Acts.Where(a => a.At > start))
                Plan(person, _marketing.Attracts(person, act.At, act.Kind, act.Title));
            var known = person.ArrivesAt > start ? person.ArrivesAt : start;
            Plan(person, _reps.TakesUnasked(person, known));
            Plan(person, _marketing.HoldsBack(person, known));
        }
    }

    /// <summary>Somebody looks at a hand-over field that changed.</summary>
    public void Notice(string key, string state, DateTimeOffset now)
    {
        if (!_byKey.TryGetValue(key, out var person))
            return;
        var seen = DemoAgenda.NoticedAt(now);
        var offer = _offers[key] = _offers.GetValueOrDefault(key) + (state == "waiting" ? 1 : 0);
        IEnumerable<DemoPlan?> plans = state switch
        {
            "waiting" => [_marketing.TakesBack(person, offer, seen), .. _reps.Answers(person, offer, seen)],
            "accepted" or "accepted_by_silence" => _reps.Works(person, offer, seen),
            "returned" => [_marketing.FillsIn(person, offer, seen)],
            "held" => [_marketing.SendsAnyway(person, offer, seen)],
            "rejected" => [_marketing.Disputes(person, offer, seen), _marketing.AsksAgain(person, offer, seen)],
            _ => [],
        };
        foreach (var plan in plans)
            Plan(person, plan);
    }

    private void Plan(DemoPerson person, DemoPlan? plan)
    {
        if (plan is null)
            return;
        agenda.Add(plan.At, $"{crm}/{person.Key}", async token =>
        {
            await plan.Act(token);
            if (plan.What is { } what)
                Done[what] = Done.GetValueOrDefault(what) + 1;
        });
    }
}
