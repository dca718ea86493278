using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>The figures that the product prints are those that the CRM's own log gives.</summary>
internal sealed class KpisTrue : IInvariant
{
    /// <summary>Two places in the figure, and a second, which is much less than that.</summary>
    private const decimal Rounding = 0.005m + (1m / 86_400);

    public string Id => "kpis";

    public string Promise => "MQLs, SALs, decisions and customers are as many as the CRM's log shows, and the time from SAL to customer is the same to the second.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        if (history.Kpis is null)
            yield break;
        var root = JsonDocument.Parse(history.Kpis).RootElement;
        var figures = root.GetProperty("figures").EnumerateArray().Where(f => f.GetProperty("by").ValueKind == JsonValueKind.Null).ToDictionary(f => f.GetProperty("id").GetString()!);
        var seen = new SeenEpisodes(history, root.GetProperty("cutOff").GetDateTimeOffset());
        var counts = new (string What, int Told, Func<SeenEpisode, bool> IsOne)[]
        {
            ("episodes that became MQL (mql-to-sal.throughput, n)", Int("mql-to-sal.throughput", "n"), e => e is { IsMql: true, IsSalesGenerated: false }),
            ("MQLs that became SAL (mql-to-sal.throughput, numerator)", Int("mql-to-sal.throughput", "numerator"), e => e is { AcceptedAt: not null, IsSalesGenerated: false }),
            ("decided MQLs (mql-to-sal.decided, n)", Int("mql-to-sal.decided", "n"),
                e => e is { IsMql: true, IsSalesGenerated: false } && (e.AcceptedAt is not null || e.RejectedAt is not null)),
            ("SALs (sal-to-customer, n and open)", Int("sal-to-customer", "n") + Int("sal-to-customer", "open"), e => e.AcceptedAt is not null),
            ("SALs that became customers (sal-to-won.median, n)", Int("sal-to-won.median", "n"), e => e.DaysToWon is not null),
        };
        foreach (var (what, told, isOne) in counts)
        {
            var (least, most) = (seen.Sure.Count(isOne), seen.Sure.Count(isOne) + seen.Unsure.Count(isOne));
            if (told < least || told > most)
                yield return new(Id, $"the product counts {told} {what}; the CRM's log shows {(least == most ? least : $"{least} to {most}")}: {string.Join(", ", seen.Sure.Where(isOne).Select(e => e.LeadId))}");
        }
        var (mostDays, leastDays) = (seen.Sure.Select(e => e.DaysToWon).OfType<decimal>().ToList(), seen.Sure.Select(e => e.LeastDaysToWon).OfType<decimal>().ToList());
        var mean = figures["sal-to-won.mean"].GetProperty("value");
        if (mean.ValueKind == JsonValueKind.Number && !seen.Unsure.Any(e => e.AcceptedAt is not null) && (mean.GetDecimal() > mostDays.Average() + Rounding || mean.GetDecimal() < leastDays.Average() - Rounding))
            yield return new(Id, $"the mean time from SAL to customer is {mean.GetDecimal()} days; the CRM's log gives {mostDays.Average():0.0000}");

        int Int(string figure, string field) => figures[figure].GetProperty(field).GetInt32();
    }
}
