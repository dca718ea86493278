using System.Text.Json;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>
/// The headlines of <c>kpi --json</c> beside what the CRM's log gives: counts, shares and times, each exact where all hand-overs are
/// sure, and otherwise between the least and the most that they can be.
/// </summary>
public sealed class ComparedFigures
{
    /// <summary>Of fewer no share and no time is told.</summary>
    private const int Fewest = 20;
    private const int SharePlaces = 4;
    private const int DayPlaces = 2;

    private readonly Dictionary<string, JsonElement> _told;
    private readonly SeenEpisodes _seen;
    private readonly SeenTimes _times;

    private ComparedFigures(RunHistory history, JsonElement root)
    {
        _told = root.GetProperty("figures").EnumerateArray().Where(f => f.GetProperty("by").ValueKind == JsonValueKind.Null).ToDictionary(f => f.GetProperty("id").GetString()!);
        var cutOff = root.GetProperty("cutOff").GetDateTimeOffset();
        (_seen, _times) = (new(history, cutOff), new(history, cutOff));
    }

    /// <summary>Empty where no figures were asked for.</summary>
    public static IReadOnlyList<ComparedFigure> Of(RunHistory history)
    {
        if (history.Kpis is null)
            return [];
        using var document = JsonDocument.Parse(history.Kpis);
        return [.. new ComparedFigures(history, document.RootElement).All()];
    }

    private IEnumerable<ComparedFigure> All() =>
    [
        .. Cohort("mql-to-sal", SeenTimes.IsMql, _times.IsOldMql, _times.IsSoonSal),
        .. Cohort("sal-to-customer", SeenTimes.IsSal, _times.IsOldSal, _times.IsSoonWon),
        .. Share("mql-to-sal.throughput", SeenTimes.IsMql, e => e is { AcceptedAt: not null, IsSalesGenerated: false }),
        .. Share("mql-to-sal.decided", e => SeenTimes.IsMql(e) & (e.AcceptedAt is not null || e.RejectedAt is not null), e => SeenTimes.IsMql(e) & (e.AcceptedAt is not null)),
        .. Time("sal-to-won.mean", days => days.Average()),
        .. Time("sal-to-won.median", Median),
    ];

    /// <summary>Those who began long enough ago, and those of them who arrived; the others are open.</summary>
    private IEnumerable<ComparedFigure> Cohort(string id, Func<SeenEpisode, bool?> began, Func<SeenEpisode, bool?> isOld, Func<SeenEpisode, bool?> arrived) =>
        [Count($"{id}, n and open", Int(id, "n") + Int(id, "open"), began), .. Share(id, isOld, arrived)];

    private IEnumerable<ComparedFigure> Share(string id, Func<SeenEpisode, bool?> isOne, Func<SeenEpisode, bool?> isHit)
    {
        var (hits, n) = (Int(id, "numerator"), Int(id, "n"));
        decimal? value = n < Fewest ? null : Math.Round((decimal)hits / n, SharePlaces, MidpointRounding.AwayFromZero);
        return [Count($"{id}, n", n, isOne), Count($"{id}, numerator", hits, isHit), new($"{id}, value of {hits} in {n}", Value(id), value, value)];
    }

    private ComparedFigure Count(string what, int told, Func<SeenEpisode, bool?> isOne)
    {
        var sure = _seen.Sure.Where(e => isOne(e) == true).ToList();
        return new(what, told, sure.Count, _seen.Sure.Concat(_seen.Unsure).Count(e => isOne(e) != false)) { Leads = [.. sure.Select(e => e.LeadId)] };
    }

    /// <summary>Of the sales that are not sure as many count as the product has beside the sure ones: at the least the shortest, at the most the longest.</summary>
    private IEnumerable<ComparedFigure> Time(string id, Func<IReadOnlyList<decimal>, decimal> of)
    {
        var told = Int(id, "n");
        var sure = _seen.Sure.Where(e => e.LeastDaysToWon is not null).ToList();
        var unsure = _seen.Sure.Where(e => e.LeastDaysToWon is null).Concat(_seen.Unsure).Where(e => e.DaysToWon is not null).ToList();
        yield return new($"{id}, n", told, sure.Count, sure.Count + unsure.Count) { Leads = [.. sure.Select(e => e.LeadId)] };
        var others = told - sure.Count;
        if (others < 0 || others > unsure.Count)
            yield break;
        var least = sure.Select(e => e.LeastDaysToWon!.Value).Concat(unsure.Select(e => e.LeastDaysToWon ?? 0).Order().Take(others)).ToList();
        var most = sure.Select(e => e.DaysToWon!.Value).Concat(unsure.Select(e => e.DaysToWon!.Value).OrderDescending().Take(others)).ToList();
        yield return told < Fewest
            ? new($"{id}, value of {told}", Value(id), null, null)
            : new($"{id}, value of {told}", Value(id), Rounded(of(least) - _times.Slack), Rounded(of(most) + _times.Slack));
    }

    private static decimal Rounded(decimal days) => Math.Round(days, DayPlaces, MidpointRounding.AwayFromZero);

    private static decimal Median(IReadOnlyList<decimal> days)
    {
        var ordered = days.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    private int Int(string id, string field) => _told[id].GetProperty(field).GetInt32();

    private decimal? Value(string id) => _told[id].GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : null;
}
