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
        var history = new RunHistory
        {
            Facts = new()
            {
                Connection = "main", OurIdentity = "token", StageOrder = [], AllowedHosts = new HashSet<string>(), StageValues = new Dictionary<string, string>(),
                Quotas = [new("", TimeSpan.FromSeconds(10), 1)],
            },
            Log = [Line(1, "token", null), Line(2, identity, fault, path)], Leads = [], Store = new(),
        };

        Assert.Equal(violations, HistoryChecker.All.Single(i => i.Id == "within-share").Check(history).Count());
    }

    private static LogLine Line(long n, string? identity, string? fault, string path = "/") => new() { N = n, At = T0.AddSeconds(n), Kind = "request", Path = path, Identity = identity, Fault = fault };
}
