using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.SelfTest;

/// <summary>What counts as a request of ours.</summary>
public sealed class WithinShareTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("token", null, 1)]
    [InlineData(null, "drop-after", 1)]
    [InlineData(null, "drop-after", 0, "/oauth/v1/token")]
    [InlineData(null, "delay-apply", 1)]
    [InlineData("token", "delay-apply", 0)]
    [InlineData(null, null, 0)]
    [InlineData("somebody", null, 0)]
    public void A_request_counts_once_where_it_was_asked(string? identity, string? fault, int violations, string path = "/")
    {
        Assert.Equal(violations, Count(Line(1, "token", null), Line(2, identity, fault, path)));
    }

    [Theory]
    [InlineData("/oauth/authorize", "/api/v1/users/me", 0)]
    [InlineData("/oauth/authorize", "/api/v1/leads", 1)]
    [InlineData("/oauth/token", "/api/v1/users/me", 1)]
    public void The_look_at_whose_a_new_grant_is_belongs_to_the_admin_who_asked_for_it(string before, string first, int violations)
    {
        Assert.Equal(violations, Count(Line(1, "app", null, before), Line(2, "app", null, "/oauth/token"), Line(3, "token", null, first), Line(4, "token", null)));
    }

    private static int Count(params LogLine[] log)
    {
        var history = new RunHistory
        {
            Facts = new()
            {
                Connection = "main", OurIdentity = "token", StageOrder = [], AllowedHosts = new HashSet<string>(), StageValues = new Dictionary<string, string>(),
                Quotas = [new("", TimeSpan.FromSeconds(10), 1)],
            },
            Log = log, Leads = [], Store = new(),
        };
        return HistoryChecker.All.Single(i => i.Id == "within-share").Check(history).Count();
    }

    private static LogLine Line(long n, string? identity, string? fault, string path = "/") => new() { N = n, At = T0.AddSeconds(n), Kind = "request", Path = path, Identity = identity, Fault = fault };
}
