using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Connections;

public sealed class ConnectionGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Closes_and_opens_again_by_itself()
    {
        var gate = new ConnectionGate();
        Assert.True(gate.IsOpen(Now));
        Assert.Equal(Now.AddSeconds(5), gate.Failed(Failure(CrmFailure.Transient), Now));
        Assert.False(gate.IsOpen(Now.AddSeconds(5).AddTicks(-1)));
        Assert.True(gate.IsOpen(Now.AddSeconds(5)));
        Assert.Equal(Now.AddSeconds(5), gate.ClosedUntil(Now));
    }

    [Fact]
    public void Waits_longer_each_time_and_starts_anew_after_a_success()
    {
        var gate = new ConnectionGate();
        var waits = Enumerable.Range(0, 8).Select(_ => gate.Failed(Failure(CrmFailure.Transient), Now) - Now).Select(w => w.TotalSeconds);
        Assert.Equal([5, 15, 30, 60, 120, 300, 300, 300], waits);
        gate.Succeeded();
        Assert.Equal(Now.AddSeconds(5), gate.Failed(Failure(CrmFailure.Transient), Now));
    }

    [Fact]
    public void Asks_for_a_person_where_only_one_can_help_and_until_it_works_again()
    {
        var gate = new ConnectionGate();
        gate.Failed(Failure(CrmFailure.Transient), Now);
        Assert.Null(gate.Attention);
        gate.Failed(new(CrmFailure.Unauthorised, "The token is refused.") { Repair = "Make a new one." }, Now);
        gate.Failed(Failure(CrmFailure.Transient), Now);
        Assert.Equal("The token is refused. Make a new one.", gate.Attention);
        gate.Succeeded();
        Assert.Null(gate.Attention);
    }

    [Fact]
    public void A_quota_that_is_spent_is_news_once_until_something_works_again()
    {
        var gate = new ConnectionGate();
        bool Fails(CrmFailure failure)
        {
            gate.Failed(Failure(failure), Now, out var isNews);
            return isNews;
        }
        Assert.Equal([true, false, true, false], [Fails(CrmFailure.RateLimited), Fails(CrmFailure.RateLimited), Fails(CrmFailure.Transient), Fails(CrmFailure.RateLimited)]);
        gate.Succeeded();
        Assert.True(Fails(CrmFailure.RateLimited));
        gate.Reopen();
        gate.Succeeded();
        Assert.True(Fails(CrmFailure.RateLimited));
    }

    [Theory]
    [InlineData(ProblemReach.Hint, true, true)]
    [InlineData(ProblemReach.Writing, true, false)]
    [InlineData(ProblemReach.Everything, false, false)]
    public void Stops_what_a_problem_reaches(ProblemReach reach, bool reads, bool writes)
    {
        var gate = new ConnectionGate();
        Assert.False(gate.MayRead || gate.MayWrite);
        gate.Checked([Problem(ProblemReach.Hint), Problem(reach)]);
        Assert.Equal((reads, writes), (gate.MayRead, gate.MayWrite));
        gate.Checked([]);
        Assert.True(gate.MayRead && gate.MayWrite);
    }

    [Theory]
    [InlineData(CrmFailure.Transient, 1, 5)]
    [InlineData(CrmFailure.Transient, 6, 300)]
    [InlineData(CrmFailure.Transient, 1000, 300)]
    [InlineData(CrmFailure.RateLimited, 1, 5)]
    [InlineData(CrmFailure.Unauthorised, 1, 60)]
    [InlineData(CrmFailure.Refused, 4, 3600)]
    [InlineData(CrmFailure.NotFound, 99, 3600)]
    [InlineData(CrmFailure.Conflict, 1, 0)]
    public void Tries_again_by_the_kind_of_failure(CrmFailure failure, int failures, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), FailurePolicy.RetryAt(Failure(failure), failures, Now));

    [Theory]
    [InlineData(3600, 3600)]
    [InlineData(-1, 5)]
    public void Obeys_the_instant_a_rate_limit_names_unless_it_is_past(int named, int seconds) => Assert.Equal(
        Now.AddSeconds(seconds), FailurePolicy.RetryAt(new(CrmFailure.RateLimited, "HTTP 429") { RetryAt = Now.AddSeconds(named) }, 1, Now));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 30)]
    [InlineData(3, null)]
    public void Gives_a_lead_three_tries(int tries, int? seconds) =>
        Assert.Equal(seconds is { } s ? Now.AddSeconds(s) : null, FailurePolicy.LeadRetryAt(tries, Now));

    [Fact]
    public async Task Remembers_rings_while_nobody_waits_as_one()
    {
        var (bell, clock) = (new Bell(), new FakeTimeProvider(Now));
        bell.Ring();
        bell.Ring();
        await bell.WaitAsync(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
        var second = bell.WaitAsync(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromHours(1));
        await second;
    }

    [Fact]
    public async Task Wakes_who_waits()
    {
        var (bell, clock) = (new Bell(), new FakeTimeProvider(Now));
        var waiting = bell.WaitAsync(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
        bell.Ring();
        await waiting;
    }

    [Theory]
    [InlineData("companies", "55")]
    [InlineData("deals", "a/b")]
    public void Names_records_of_other_streams(string stream, string id)
    {
        Assert.Equal((stream, id), RecordHint.Read(RecordHint.Of(stream, id)));
        Assert.True(RecordHint.Is(RecordHint.Of(stream, id)));
        Assert.False(RecordHint.Is("55"));
    }

    private static CrmException Failure(CrmFailure failure) => new(failure, "no");

    private static CrmProblem Problem(ProblemReach reach) => new("code", reach, "Connections:main", "It is wrong.", "Mend it.");
}
