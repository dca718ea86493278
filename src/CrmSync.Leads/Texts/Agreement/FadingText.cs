using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Points of some criteria as they grow old: the days, and one row for each criterion with as many points as days.</summary>
public sealed record FadingTable(IReadOnlyList<string> Days, IReadOnlyList<FadingRow> Rows);

/// <summary>Points of one criterion by age, as text; a dash where an act of that age no longer counts.</summary>
public sealed record FadingRow(string Criterion, IReadOnlyList<string> Points);

/// <summary>Explains how points fade, by the engine's own arithmetic.</summary>
public static class FadingText
{
    private static readonly int[] UsualAges = [0, 30, 60];

    public static string Title(string language) => new Wording(language)["Sådan falder pointene", "How points fade"];

    public static string Body(string language) => new Wording(language)[
        "Det, et lead gjorde for nylig, tæller mere end det, det gjorde for længe siden. Ved hver halveringstid er halvdelen af pointene tilbage, regnet i hele dage siden seneste handling. Falder pointene, mens salg har leadet, trækkes tilbuddet ikke tilbage.",
        "What a lead did lately counts for more than what it did long ago. At each half-life half of the points are left, counted in whole days since the latest act. Points that fade while sales has the lead do not withdraw the offer."];

    public static string Footnote(string language) => new Wording(language)["En streg betyder, at handlingen er for gammel til at tælle.", "A dash means that the act is too old to count."];

    /// <summary>"halved every 30 days", "does not fade", or null for what does not depend on time.</summary>
    public static string? Note(Criterion criterion, string language)
    {
        var words = new Wording(language);
        if (criterion.When.Window == TimeSpan.Zero || criterion.Points == 0)
            return null;
        return criterion.HalfLifeDays is { } days
            ? words[$"halveres på {words.Days(days)}", $"halved in {words.Days(days)}"]
            : words["falder ikke", "does not fade"];
    }

    /// <summary>Null where nothing fades.</summary>
    public static FadingTable? Of(IReadOnlyList<Criterion> criteria, string language)
    {
        var words = new Wording(language);
        var fading = criteria.Where(criterion => criterion.HalfLifeDays is not null).ToList();
        if (fading.Count == 0)
            return null;
        var ages = Ages(fading);
        return new([.. ages.Select(age => words[$"Efter {words.Days(age)}", $"After {words.Days(age)}"])],
            [.. fading.Select(criterion => new FadingRow(criterion.Text.In(words.Language), [.. ages.Select(age => PointsAt(criterion, age))]))]);
    }

    // Where all share one half-life, the ages that show it best are its multiples.
    private static int[] Ages(List<Criterion> fading) =>
        fading.Select(criterion => criterion.HalfLifeDays).Distinct().ToList() is [{ } only] && only == decimal.Floor(only)
            ? [0, (int)only, 2 * (int)only]
            : UsualAges;

    private static string PointsAt(Criterion criterion, int age)
    {
        if (TimeSpan.FromDays(age) > criterion.When.Window)
            return "–";
        // Ticks of nought stand for no act at all.
        var seen = TimeSpan.TicksPerDay;
        return new Wording("en").Number(criterion.PointsAt(seen, seen + age * TimeSpan.TicksPerDay));
    }
}
