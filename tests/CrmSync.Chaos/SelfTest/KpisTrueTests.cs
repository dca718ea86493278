using System.Text.Json.Nodes;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Figures of so many that shares and times are told: 24 MQLs that all became SAL and customer, one of each too late for its cohort.</summary>
public sealed class KpisTrueTests
{
    private const int Leads = 24, LateSal = 5, LateSale = 23;
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly IInvariant Judge = HistoryChecker.All.Single(i => i.Id == "kpis");

    [Fact]
    public void Figures_of_the_log_are_true_to_the_last_digit()
    {
        Assert.Empty(Judge.Check(History()).Select(v => v.ToString()));
        Assert.All(ComparedFigures.Of(History()), figure => Assert.True(figure.IsExact, figure.ToString()));
    }

    [Theory]
    [InlineData("mql-to-sal", "value", 0.9584)]
    [InlineData("mql-to-sal", "value", 0.9582)]
    [InlineData("mql-to-sal", "value", null)]
    [InlineData("mql-to-sal", "numerator", 24.0)]
    [InlineData("mql-to-sal", "n", 23.0)]
    [InlineData("sal-to-customer", "value", 0.9584)]
    [InlineData("sal-to-customer", "value", null)]
    [InlineData("sal-to-customer", "numerator", 22.0)]
    [InlineData("sal-to-customer", "n", 25.0)]
    [InlineData("mql-to-sal.throughput", "value", 0.9999)]
    [InlineData("mql-to-sal.decided", "value", 0.9999)]
    [InlineData("sal-to-won.mean", "value", 0.91)]
    [InlineData("sal-to-won.mean", "value", 0.89)]
    [InlineData("sal-to-won.mean", "value", null)]
    [InlineData("sal-to-won.mean", "n", 23.0)]
    [InlineData("sal-to-won.median", "value", 0.53)]
    [InlineData("sal-to-won.median", "value", 0.51)]
    [InlineData("sal-to-won.median", "n", 23.0)]
    public void A_figure_that_is_off_by_one_is_found(string id, string field, double? told) =>
        Assert.Contains(Judge.Check(History(Told(id, field, told))), v => v.What.Contains(id, StringComparison.Ordinal));

    [Theory]
    [InlineData("sal-to-won.mean", 0.89, true)]
    [InlineData("sal-to-won.mean", 0.91, true)]
    [InlineData("sal-to-won.mean", 0.93, true)]
    [InlineData("sal-to-won.mean", 0.88, false)]
    [InlineData("sal-to-won.mean", 0.94, false)]
    [InlineData("sal-to-won.median", 0.50, true)]
    [InlineData("sal-to-won.median", 0.54, true)]
    [InlineData("sal-to-won.median", 0.49, false)]
    [InlineData("sal-to-won.median", 0.55, false)]
    public void Where_one_of_two_sales_may_count_the_time_lies_between_what_each_gives(string id, double told, bool isTrue)
    {
        // The sales of one hour and of 23.
        var history = History(Told(id, "n", 23.0, Told(id, "value", told)), 0, 22);

        Assert.Equal(isTrue, !Judge.Check(history).Any(v => v.What.Contains(id, StringComparison.Ordinal)));
        Assert.Contains(ComparedFigures.Of(history), figure => !figure.IsExact && figure.What.StartsWith(id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mql-to-sal", "numerator", 21, true)]
    [InlineData("mql-to-sal", "numerator", 20, false)]
    [InlineData("mql-to-sal", "numerator", 24, false)]
    [InlineData("sal-to-customer", "numerator", 21, true)]
    [InlineData("sal-to-customer", "numerator", 20, false)]
    [InlineData("sal-to-customer", "n", 22, true)]
    [InlineData("sal-to-customer", "n", 21, false)]
    public void Where_two_may_count_or_not_a_count_lies_between(string id, string field, int told, bool isTrue) =>
        Assert.Equal(isTrue, !Judge.Check(History(Told(id, field, told), 0, 22)).Any(v => v.What.Contains($"{id}, {field};", StringComparison.Ordinal)));

    /// <param name="doubtful">Leads with a conflict over a write that the log does not show.</param>
    private static RunHistory History(JsonNode? kpis = null, params int[] doubtful) => new()
    {
        Facts = new()
        {
            Connection = "main", OurIdentity = "token", StageOrder = [], AllowedHosts = new HashSet<string>(), LiveAt = T0.AddHours(-1), LeadStream = "contacts",
            StageValues = new Dictionary<string, string> { ["MarketingQualified"] = "mql", ["SalesAccepted"] = "sal", ["Customer"] = "customer" },
        },
        Log = [.. Enumerable.Range(0, Leads).SelectMany(Handover)],
        Leads = [],
        Store = new()
        {
            Leads = [.. Enumerable.Range(0, Leads).Select(i => new LeadRow($"k{i}", "main", $"{i}"))],
            Audit = [.. doubtful.Select((i, n) => new AuditRow(n, "Conflict", "another", $"k{i}", 1, null, null, null, "2026-01-05T08:06:00.000Z", "crmsync", null, null, "", ""))],
        },
        Kpis = (kpis ?? Told()).ToJsonString(), SalWithin = TimeSpan.FromDays(1), SaleWithin = TimeSpan.FromDays(5),
    };

    /// <summary>Offered, accepted after an hour, and sold after as many hours as there were leads before and one.</summary>
    private static IEnumerable<LogLine> Handover(int lead)
    {
        var offered = T0.AddMinutes(lead);
        var accepted = offered.AddHours(lead == LateSal ? 30 : 1);
        return
        [
            Line(lead, 1, offered, "api:token", (CrmFields.Handover, "waiting"), (CrmFields.Stage, "mql")),
            Line(lead, 2, accepted, "person:rep-1", (CrmFields.Answer, "accept")),
            Line(lead, 3, accepted.AddSeconds(5), "api:token", (CrmFields.Handover, "accepted"), (CrmFields.Stage, "sal")),
            Line(lead, 4, accepted.AddHours(lead == LateSale ? 240 : lead + 1), "automation", (CrmFields.Stage, "customer")),
        ];
    }

    private static LogLine Line(int lead, int step, DateTimeOffset at, string actor, params (string Field, string After)[] changes) => new()
    {
        N = (lead * 4) + step, At = at, Kind = "act", Effects = [.. changes.Select(c => new Change(CrmFields.People, $"{lead}", c.Field, null, c.After, actor))],
    };

    private static JsonObject Told() => new()
    {
        ["cutOff"] = T0.AddDays(20),
        ["figures"] = new JsonArray(
            Figure("mql-to-sal", 23, 24, 0.9583), Figure("sal-to-customer", 23, 24, 0.9583), Figure("mql-to-sal.throughput", 24, 24, 1), Figure("mql-to-sal.decided", 24, 24, 1),
            Figure("sal-to-won.mean", null, 24, 0.90), Figure("sal-to-won.median", null, 24, 0.52)),
    };

    private static JsonObject Told(string id, string field, double? value, JsonObject? told = null)
    {
        told ??= Told();
        told["figures"]!.AsArray().First(f => f!["id"]!.GetValue<string>() == id)![field] = value;
        return told;
    }

    private static JsonObject Figure(string id, int? numerator, int n, double value) =>
        new() { ["id"] = id, ["by"] = null, ["numerator"] = numerator, ["n"] = n, ["open"] = 0, ["value"] = value };
}
