using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Runs;

namespace CrmSync.Chaos.SelfTest;

/// <summary>What is news of a lead, so that it may be offered again, and what is not.</summary>
public sealed class RepeatedOffersTests
{
    [Theory]
    [InlineData("rejected", null, 1)]
    [InlineData("rejected", "an act of the lead", 0)]
    [InlineData("rejected", "an act of ours", 1)]
    [InlineData("rejected", "an act of another", 1)]
    [InlineData("rejected", "a visit of its person", 1)]
    [InlineData("rejected", "a wish", 0)]
    [InlineData("rejected", "an edit", 0)]
    [InlineData("returned", null, 1)]
    [InlineData("returned", "a visit of its person", 0)]
    [InlineData("returned", "a visit of somebody else", 1)]
    [InlineData("held", null, 0)]
    public void Without_news_nothing_is_offered_again(string state, string? news, int violations)
    {
        Change[] changes = news switch
        {
            "an act of the lead" => [new("tasks", "8", "lead_id", null, "a", "visitor")],
            "an act of ours" => [new("tasks", "8", "lead_id", null, "a", "api:token")],
            "an act of another" => [new("tasks", "8", "lead_id", null, "b", "visitor")],
            "a visit of its person" => [new("persons", "15", "Page views", "1", "2", "visitor")],
            "a visit of somebody else" => [new("persons", "16", "Page views", "1", "2", "visitor")],
            "a wish" => [new("contacts", "a", CrmFields.Request, null, "send", "person:marketing")],
            "an edit" => [new("contacts", "a", "title", "A", "B", "person:rep-1")],
            _ => [],
        };
        LogLine[] log =
        [
            Line(1, new("tasks", "7", "lead_id", null, "a", "visitor"), new("tasks", "7", "person_id", null, "15", "visitor")),
            Line(2, new Change("contacts", "a", CrmFields.Handover, null, "waiting", "api:token")),
            Line(3, new Change("contacts", "a", CrmFields.Answer, null, "reject_no_need", "person:rep-1")),
            Line(4, new Change("contacts", "a", CrmFields.Handover, "waiting", state, "api:token")),
            Line(5, changes),
            Line(6, new Change("contacts", "a", CrmFields.Handover, state, "waiting", "api:token")),
        ];
        var history = new RunHistory
        {
            Facts = new() { Connection = "main", OurIdentity = "token", StageOrder = [], AllowedHosts = new HashSet<string>(), StageValues = new Dictionary<string, string>() },
            Log = log, Leads = [], Store = new(),
        };

        Assert.Equal(violations, RepeatedOffers.In(history, CrmDialect.Pipedrive).Count());
    }

    private static LogLine Line(long n, params Change[] changes) =>
        new() { N = n, At = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).AddMinutes(n), Kind = "act", Effects = changes };
}
