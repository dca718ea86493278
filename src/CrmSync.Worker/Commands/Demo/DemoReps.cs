using CrmSync.Sandbox.Contracts;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>
/// The reps: they read "Why this lead" and choose in "Answer on lead". One in sixteen forgets, one in ten thinks better of
/// it within the day, some take a lead that nobody has sent them, and some give back what they took on.
/// </summary>
internal sealed class DemoReps(string crm, IDemoCrm surface, Draw draw)
{
    private static readonly TimeSpan Soonest = TimeSpan.FromHours(2);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(30);
    private readonly HashSet<string> _sold = [];

    public IEnumerable<DemoPlan?> Answers(DemoPerson person, int offer, DateTimeOffset now)
    {
        var key = person.Key;
        if (draw.Chance(0.06, key, offer, "silent"))
        {
            yield return new(now + Soonest, _ => Task.CompletedTask, "stay silent");
            yield break;
        }
        var at = now + draw.Between(Soonest, Latest, key, offer, "answer-at");
        var answer = Answer(person, offer);
        yield return Does(at, answer);
        if (draw.Chance(0.1, key, offer, "correct"))
            yield return Does(at + draw.Between(TimeSpan.FromHours(3), TimeSpan.FromHours(12), key, offer, "correct-at"), Opposite(person, offer, answer)) with { What = "correct" };
    }

    /// <summary>Sales calls, learns about need and budget, and the buyer decides.</summary>
    public IEnumerable<DemoPlan?> Works(DemoPerson person, int offer, DateTimeOffset now)
    {
        var key = person.Key;
        if (draw.Chance(0.08, key, offer, "back"))
        {
            yield return Does(now + Days(8, 20, key, offer, "back-at"), By(key, "set-stage") with { Stage = "MarketingQualified" }) with { What = "give back" };
            yield break;
        }
        if (!draw.Chance(0.75, key, offer, "bant"))
            yield break;
        var learned = now + Days(1, 6, key, offer, "bant-at");
        yield return new(learned, token => surface.LearnAsync(key, Rep(key), draw.Chance(0.8, key, offer, "budget"), token));
        foreach (var step in Sells(key, offer, learned))
            yield return step;
    }

    /// <summary>A deal is opened, and some days later the buyer says yes or no, or nothing.</summary>
    private IEnumerable<DemoPlan> Sells(string key, int offer, DateTimeOffset learned)
    {
        var roll = draw.Unit(key, offer, "deal");
        if (roll >= 0.85)
            yield break;
        // A lead is converted once: who comes back after a lost sale has been.
        if (_sold.Add(key))
            yield return Does(learned + Days(1, 7, key, offer, "open-at"), By(key, "convert")) with { What = "open a deal" };
        yield return roll < 0.5
            ? Does(learned + Days(12, 55, key, offer, "won-at"), By(key, "win"))
            : Does(learned + Days(8, 40, key, offer, "lost-at"), By(key, "lose"));
    }

    /// <summary>One in twenty-five is somebody whom a rep knows.</summary>
    public DemoPlan? TakesUnasked(DemoPerson person, DateTimeOffset known) => draw.Chance(0.04, person.Key, 0, "take")
        ? Does(known + Days(1, 10, person.Key, 0, "take-at"), By(person.Key, "take")) with { What = "take unasked" }
        : null;

    private ActRequest Answer(DemoPerson person, int offer)
    {
        var roll = draw.Unit(person.Key, offer, "answer");
        return roll switch
        {
            _ when roll < (Fits(person) ? 0.8 : 0.3) => By(person.Key, draw.Chance(0.1, person.Key, offer, "take") ? "take" : "accept"),
            _ when offer == 1 && roll > 0.9 => By(person.Key, "return"),
            _ => Rejects(person, offer),
        };
    }

    private ActRequest Opposite(DemoPerson person, int offer, ActRequest answer) =>
        answer.Act == "reject" ? By(person.Key, "accept") : Rejects(person, offer);

    private ActRequest Rejects(DemoPerson person, int offer)
    {
        var reason = (Fits(person), person.Employees) switch
        {
            _ when person.Role.StartsWith("Student", StringComparison.Ordinal) => "reject_never_relevant",
            (false, < 20 or > 1000) => "reject_wrong_size",
            (false, _) when person.Country == "France" => "reject_wrong_country",
            _ => draw.Pick(["reject_bad_timing", "reject_no_need", "reject_no_budget", "reject_other"], person.Key, offer, "reason"),
        };
        var text = reason is "reject_other" or "reject_bad_timing" ? "new machine not before 2027" : null;
        return By(person.Key, "reject") with { Reason = reason, Text = text };
    }

    private static bool Fits(DemoPerson person) => person.Employees is >= 20 and <= 1000 && person.Country != "France";

    private ActRequest By(string key, string act) => new() { Crm = crm, Key = key, Act = act, Person = Rep(key) };

    private DemoPlan Does(DateTimeOffset at, ActRequest act) => new(at, token => surface.ActAsync(act, token), act.Act);

    private TimeSpan Days(int least, int most, string key, int offer, string step) =>
        draw.Between(TimeSpan.FromDays(least), TimeSpan.FromDays(most), key, offer, step);

    private string Rep(string key) => draw.Pick(["rep-1", "rep-2", "rep-3"], key, 0, "rep");
}
