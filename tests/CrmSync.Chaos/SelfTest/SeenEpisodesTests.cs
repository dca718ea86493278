using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Oracle;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Hand-overs as the log alone tells them, and where it cannot.</summary>
public sealed class SeenEpisodesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rejection_after_the_sale_takes_the_sale_back() =>
        Assert.Equal((0, 0), Sales(Rejected("t3")));

    [Fact]
    public void A_rejection_that_is_listed_as_a_conflict_may_count_or_not() =>
        Assert.Equal((0, 1), Sales(Rejected("t3", "t3")));

    [Fact]
    public void A_rejection_that_is_listed_as_gone_with_its_record_may_count_or_not() =>
        Assert.Equal((0, 1), Sales(Listed("Gone", Rejected("t3", "t3"))));

    [Fact]
    public void Of_two_that_are_listed_one_may_count_without_the_other() =>
        Assert.Equal((0, 1), Sales(Rejected("t3", "t1", "t3")));

    [Fact]
    public void A_conflict_over_another_write_changes_nothing() =>
        Assert.Equal((0, 0), Sales(Rejected("t3", "t9")));

    [Fact]
    public void What_a_conflict_does_not_touch_counts_once() =>
        Assert.Single(new SeenEpisodes(Rejected("t3", "t3") with { Log = [.. Rejected("t3").Log.SkipLast(1), Line(6, "api:token", (CrmFields.Marker, "v1.s.k.t3"))] }, T0.AddDays(9)).Unsure);

    [Theory]
    [InlineData("reject_no_need", "rejected", 1)]
    [InlineData("accept", "accepted", 2)]
    public void What_was_accepted_before_a_merge_may_be_what_the_survivor_bought(string answer, string state, int sales)
    {
        var history = Rejected("t3") with
        {
            Log =
            [
                .. Rejected("t3").Log.Take(3),
                Of("8", Line(4, "api:token", (CrmFields.Handover, "waiting"), (CrmFields.Stage, "mql"), (CrmFields.Marker, "v1.s.j.t4"))),
                Of("8", Line(5, "person:rep-1", (CrmFields.Answer, answer))),
                Of("8", Line(6, "api:token", (CrmFields.Handover, state), (CrmFields.Marker, "v1.s.j.t5"))),
                Line(7, "person:rep-2", ("mergedInto", "8")) with { Path = "merge" },
                Of("8", Line(8, "automation", (CrmFields.Stage, "customer"))),
            ],
        };

        Assert.Equal((0, sales), Sales(history));
    }

    [Theory]
    [InlineData(2, 4, 1)]
    [InlineData(4, 2, 0)]
    public void A_sale_before_our_field_tells_of_the_acceptance_counts_if_it_came_after_the_answer(int answered, int sold, int sales)
    {
        var history = Rejected("t3") with
        {
            Log =
            [
                .. new[]
                {
                    Line(1, "api:token", (CrmFields.Handover, "waiting"), (CrmFields.Stage, "mql"), (CrmFields.Marker, "v1.s.k.t1")),
                    Line(answered, "person:rep-1", (CrmFields.Answer, "accept")),
                    Line(sold, "automation", (CrmFields.Stage, "customer")),
                    Line(5, "api:token", (CrmFields.Handover, "accepted"), (CrmFields.Marker, "v1.s.k.t2")),
                }.OrderBy(l => l.N),
            ],
        };

        Assert.Equal((sales, 0), Sales(history));
    }

    [Fact]
    public void What_was_accepted_may_be_sold_two_merges_later()
    {
        var history = Rejected("t3") with
        {
            Log =
            [
                .. Rejected("t3").Log.Take(3),
                Line(7, "person:rep-2", ("mergedInto", "8")) with { Path = "merge" },
                Of("8", Line(8, "person:rep-2", ("mergedInto", "9")) with { Path = "merge" }),
                Of("9", Line(9, "automation", (CrmFields.Stage, "customer"))),
            ],
        };

        Assert.Equal((0, 1), Sales(history));
    }

    [Theory]
    [InlineData("dispute", 1)]
    [InlineData("send", 0)]
    public void What_marketing_disputes_is_the_same_offer_once_more(string wish, int accepted)
    {
        var asked = Line(7, "api:token", (CrmFields.Handover, "waiting"), (CrmFields.Marker, "v1.s.k.t4"));
        var history = Rejected("t3") with
        {
            Log =
            [
                .. Rejected("t3").Log.Where(l => l.N != 4),
                asked with { Effects = [.. asked.Effects, new Change(CrmFields.People, "7", CrmFields.Request, wish, null, "api:token")] },
                Line(8, "person:rep-1", (CrmFields.Answer, "accept")),
                Line(9, "api:token", (CrmFields.Handover, "accepted"), (CrmFields.Marker, "v1.s.k.t5")),
            ],
        };

        Assert.Equal(accepted, new SeenEpisodes(history, T0.AddDays(9)).Unsure.Count(e => e is { IsMql: true, AcceptedAt: not null }));
    }

    [Theory]
    [InlineData(4, 5, 7, 0, 2)] // its person had been merged with a customer: either instant may count
    [InlineData(6, 5, 7, 1, 0)] // nobody had bought anything yet
    [InlineData(4, 7, 5, 1, 0)] // our write follows the sale
    public void A_customer_before_its_own_sale_and_behind_anothers_became_one_by_either(int others, int customer, int own, int sure, int unsure)
    {
        var history = Rejected("t3") with
        {
            Log =
            [
                .. Rejected("t3").Log.Take(3),
                .. new[]
                {
                    Line(customer, "api:token", (CrmFields.Stage, "customer"), (CrmFields.Marker, "v1.s.k.t3")), Won(others, "60", "8"), Won(own, "70", "7"),
                }.OrderBy(l => l.N),
            ],
        };

        Assert.Equal((sure, unsure), Sales(history));
    }

    [Fact]
    public void An_acceptance_after_the_sale_has_no_days_although_one_that_was_taken_back_came_before_it()
    {
        var accepted = Line(9, "api:token", (CrmFields.Handover, "accepted"), (CrmFields.Marker, "v1.s.k.t4"));
        var sold = Rejected("t3") with
        {
            Log =
            [
                .. Rejected("t3").Log.Where(l => l.N != 4), Won(7, "70", "7"),
                Line(8, "person:rep-1", (CrmFields.Answer, "accept")), accepted with { Effects = [.. accepted.Effects.Select(c => c with { OwnRecord = "deals" })] },
            ],
        };
        var history = sold with { Facts = sold.Facts with { WithoutHistory = new HashSet<string> { CrmFields.People } } };

        Assert.Null(Assert.Single(new SeenEpisodes(history, T0.AddDays(9)).Sure).LeastDaysToWon);
    }

    private static LogLine Won(long n, string sale, string lead) => Line(n, "person:rep-1") with
    {
        Effects = [new(CrmFields.Sales, sale, CrmFields.OfPerson, null, lead, "person:rep-1"), new(CrmFields.Sales, sale, CrmFields.IsWon, null, "true", "person:rep-1")],
    };

    private static LogLine Of(string lead, LogLine line) => line with { Effects = [.. line.Effects.Select(c => c with { Id = lead, OwnId = lead })] };

    private static RunHistory Listed(string kind, RunHistory history) =>
        history with { Store = history.Store with { Audit = [.. history.Store.Audit.Select(r => r with { Kind = kind })] } };

    private static (int Sure, int Unsure) Sales(RunHistory history)
    {
        var seen = new SeenEpisodes(history, T0.AddDays(9));
        return (seen.Sure.Count(e => e.DaysToWon is not null), seen.Unsure.Count(e => e.DaysToWon is not null));
    }

    /// <summary>Offered, accepted, sold, and rejected within the day; the last write under this transition.</summary>
    private static RunHistory Rejected(string transition, params string[] conflicts) => new()
    {
        Facts = new()
        {
            Connection = "main", OurIdentity = "token", StageOrder = [], AllowedHosts = new HashSet<string>(), LiveAt = T0.AddHours(-1), LeadStream = "contacts",
            StageValues = new Dictionary<string, string> { ["MarketingQualified"] = "mql", ["SalesAccepted"] = "sal", ["Customer"] = "customer" },
        },
        Log =
        [
            Line(1, "api:token", (CrmFields.Handover, "waiting"), (CrmFields.Stage, "mql"), (CrmFields.Marker, "v1.s.k.t1")),
            Line(2, "person:rep-1", (CrmFields.Answer, "accept")),
            Line(3, "api:token", (CrmFields.Handover, "accepted"), (CrmFields.Stage, "sal"), (CrmFields.Marker, "v1.s.k.t2")),
            Line(4, "automation", (CrmFields.Stage, "customer")),
            Line(5, "person:rep-1", (CrmFields.Answer, "reject_no_need")),
            Line(6, "api:token", (CrmFields.Handover, "rejected"), (CrmFields.Marker, $"v1.s.k.{transition}")),
        ],
        Leads = [],
        Store = new()
        {
            Leads = [new("k", "main", "7")],
            Audit = [.. conflicts.Select((t, i) => new AuditRow(i, "Conflict", t, "k", 1, "Customer", "Customer", "Rejected", "2026-01-05T08:06:00.000Z", "crmsync", null, null, "", ""))],
        },
    };

    private static LogLine Line(long n, string actor, params (string Field, string After)[] changes) => new()
    {
        N = n, At = T0.AddMinutes(n), Kind = "act", Effects = [.. changes.Select(c => new Change(CrmFields.People, "7", c.Field, null, c.After, actor))],
    };
}
