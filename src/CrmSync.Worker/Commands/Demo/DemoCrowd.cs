using CrmSync.Sandbox.Contracts;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>
/// The people around one CRM: leads who read and ask, reps who answer in the record, buyers who sign or do not. They see
/// what the CRM shows and touch nothing else.
/// </summary>
internal sealed class DemoCrowd(string crm, IDemoCrm surface, Draw draw, DemoAgenda agenda, IReadOnlyList<DemoPerson> people)
{
    private readonly Dictionary<string, DemoPerson> _byKey = people.ToDictionary(p => p.Key);
    private readonly Dictionary<string, int> _offers = [];

    /// <summary>Puts those who were there before into the CRM, and plans for all others.</summary>
    public async Task BeginAsync(DateTimeOffset start, CancellationToken cancellationToken)
    {
        await surface.AddAsync(people.Where(p => p.ArrivesAt <= start), cancellationToken);
        foreach (var person in people)
        {
            if (person.ArrivesAt > start)
                Plan(person.ArrivesAt, person, token => surface.AddAsync([person], token));
            foreach (var act in person.Acts.Where(a => a.At > start))
                Plan(act.At, person, token => EngageAsync(person, act.Kind, act.Title, token));
        }
    }

    /// <summary>Somebody looks at a hand-over field that changed.</summary>
    public void Notice(string key, string state, DateTimeOffset now)
    {
        if (!_byKey.TryGetValue(key, out var person))
            return;
        switch (state)
        {
            case "waiting":
                _offers[key] = _offers.GetValueOrDefault(key) + 1;
                Answer(person, _offers[key], now);
                break;
            case "accepted":
                Work(person, _offers.GetValueOrDefault(key), now);
                break;
            case "returned":
                Plan(now + Days(1, 3, key, _offers[key], "fill"), person, token =>
                    surface.ActAsync(new() { Crm = crm, Key = key, Act = "edit", Person = "marketing", Fields = new Dictionary<string, string?> { ["jobtitle"] = "Head of Production" } }, token));
                break;
            case "rejected" when draw.Chance(0.2, key, _offers[key], "again"):
                Plan(now + Days(20, 40, key, _offers[key], "again-at"), person, token => EngageAsync(person, "handRaise", "Demo request: Book a demo", token));
                break;
        }
    }

    /// <summary>The rep reads "Why this lead" and chooses in "Answer on lead"; one in sixteen forgets.</summary>
    private void Answer(DemoPerson person, int offer, DateTimeOffset now)
    {
        var (key, roll) = (person.Key, draw.Unit(person.Key, offer, "answer"));
        if (draw.Chance(0.06, key, offer, "silent"))
            return;
        var fits = person.Employees is >= 20 and <= 1000 && person.Country != "France";
        var act = roll switch
        {
            _ when roll < (fits ? 0.8 : 0.3) => new ActRequest { Crm = crm, Key = key, Act = "accept", Person = Rep(key) },
            _ when offer == 1 && roll > 0.93 => new ActRequest { Crm = crm, Key = key, Act = "return", Person = Rep(key) },
            _ => Reject(person, offer, fits),
        };
        Plan(now + draw.Between(TimeSpan.FromHours(2), TimeSpan.FromHours(30), key, offer, "answer-at"), person, token => surface.ActAsync(act, token));
    }

    private ActRequest Reject(DemoPerson person, int offer, bool fits)
    {
        var reason = (fits, person.Employees) switch
        {
            (false, < 20 or > 1000) => "reject_wrong_size",
            (false, _) when person.Country == "France" => "reject_wrong_country",
            _ => draw.Pick(["reject_bad_timing", "reject_no_need", "reject_no_budget", "reject_other"], person.Key, offer, "reason"),
        };
        var text = reason is "reject_other" or "reject_bad_timing" ? "new machine not before 2027" : null;
        return new() { Crm = crm, Key = person.Key, Act = "reject", Person = Rep(person.Key), Reason = reason, Text = text };
    }

    /// <summary>Sales calls, learns about need and budget, and the buyer decides.</summary>
    private void Work(DemoPerson person, int offer, DateTimeOffset now)
    {
        var key = person.Key;
        if (offer == 0 || !draw.Chance(0.75, key, offer, "bant"))
            return;
        var learned = now + Days(1, 6, key, offer, "bant-at");
        Plan(learned, person, token => surface.LearnAsync(key, Rep(key), draw.Chance(0.8, key, offer, "budget"), token));
        var roll = draw.Unit(key, offer, "deal");
        if (roll < 0.5)
            Plan(learned + Days(12, 55, key, offer, "won-at"), person, token => surface.ActAsync(new() { Crm = crm, Key = key, Act = "win", Person = Rep(key) }, token));
        else if (roll < 0.85)
            Plan(learned + Days(8, 40, key, offer, "lost-at"), person, token => surface.ActAsync(new() { Crm = crm, Key = key, Act = "lose", Person = Rep(key) }, token));
    }

    private Task EngageAsync(DemoPerson person, string kind, string? title, CancellationToken cancellationToken) => surface.ActAsync(
        new() { Crm = crm, Key = person.Key, Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = kind, ["title"] = title } }, cancellationToken);

    private void Plan(DateTimeOffset at, DemoPerson person, Func<CancellationToken, Task> act) => agenda.Add(at, $"{crm}/{person.Key}", act);

    private TimeSpan Days(int least, int most, string key, int offer, string step) =>
        draw.Between(TimeSpan.FromDays(least), TimeSpan.FromDays(most), key, offer, step);

    private string Rep(string key) => draw.Pick(["rep-1", "rep-2", "rep-3"], key, 0, "rep");
}
