using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>What a criterion weighs.</summary>
public enum CriterionGroup
{
    /// <summary>Who they are: company and role.</summary>
    Fit,

    /// <summary>What they do.</summary>
    Interest,

    /// <summary>Budget, authority, need, timeline: carries no points.</summary>
    Bant,

    /// <summary>Keeps a lead from sales when met; unknown never blocks.</summary>
    Blocker,
}

/// <summary>One criterion of a rule set.</summary>
public sealed class Criterion
{
    private const int LongestTable = 3660;
    private readonly int[] _fading;

    /// <param name="halfLife">In days, or null: points that do not fade.</param>
    public Criterion(string id, CriterionGroup group, Condition when, int points, LocalText text, decimal? halfLife = null)
    {
        (Id, Group, When, Points, Text, HalfLifeDays) = (id, group, when, points, text, halfLife);
        _fading = halfLife is { } days ? HalfLife.Table(points, days, Math.Min((int)Math.Ceiling(when.Window.TotalDays), LongestTable)) : [points];
    }

    public string Id { get; }
    public CriterionGroup Group { get; }
    public Condition When { get; }

    /// <summary>Points when met and fresh, -100 to 100.</summary>
    public int Points { get; }

    /// <summary>What people call it.</summary>
    public LocalText Text { get; }

    public decimal? HalfLifeDays { get; }

    /// <summary>A demo, price or contact request: passes the thresholds by itself and lifts a cool-off.</summary>
    public bool HandRaise { get; init; }

    /// <summary>This criterion with another weight.</summary>
    public Criterion Weighing(int points) =>
        points == Points ? this : new(Id, Group, When, points, Text, HalfLifeDays) { HandRaise = HandRaise };

    /// <summary>Whole points, after the whole days (of 24 hours) between the act seen and the judgement.</summary>
    public int PointsAt(long seenTicks, long atTicks)
    {
        var age = (atTicks - (seenTicks == 0 ? atTicks : seenTicks)) / TimeSpan.TicksPerDay;
        return _fading[Math.Min(Math.Max(age, 0), _fading.Length - 1)];
    }

    /// <summary>The most that it can still bring where it is unknown: an act that may yet be found may be old all the same.</summary>
    internal int OpenPointsAt(LeadFacts facts, in LeadContext context, in Reading reading)
    {
        if (Points <= 0 || _fading.Length == 1)
            return Math.Max(0, Points);
        var (latest, at) = (When.LatestUnknown(facts, context, reading), context.At.UtcTicks);
        return latest == at ? Points : PointsAt(latest, at);
    }

    /// <summary>Adds the instants at which the points of an act fall to another whole number.</summary>
    public void AddFades(DateTimeOffset seen, ICollection<DateTimeOffset> changes)
    {
        for (var day = 1; day < _fading.Length; day++)
            if (_fading[day] != _fading[day - 1])
                changes.Add(Instants.After(seen, TimeSpan.FromDays(day)));
    }
}
