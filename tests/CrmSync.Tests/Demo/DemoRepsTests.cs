using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Commands.Demo;

namespace CrmSync.Tests.Demo;

/// <summary>How sales goes on with what it took.</summary>
public sealed class DemoRepsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    /// <summary>What is made and lost in one instant no CRM but Pipedrive would show as a lost sale.</summary>
    [Fact]
    public async Task A_deal_is_open_for_a_day_before_it_closes_and_who_comes_back_is_converted_no_more()
    {
        var crm = new Heard();
        var reps = new DemoReps("hubspot", crm, new(7));
        var people = new DemoPeople(new(7), Now).Make(200);

        var first = people.ToDictionary(p => p.Key, p => reps.Works(p, 1, Now).OfType<DemoPlan>().ToList());
        var again = people.SelectMany(p => reps.Works(p, 2, Now).OfType<DemoPlan>().Select(plan => (p.Key, plan.What))).ToList();

        var sold = first.Where(p => p.Value.Any(plan => plan.What is "win" or "lose")).ToList();
        Assert.True(sold.SelectMany(s => s.Value).Select(plan => plan.What).Distinct().Count(w => w is "win" or "lose") == 2);
        Assert.All(sold, s => Assert.True(s.Value.Single(plan => plan.What == "open a deal").At.AddDays(1) <= s.Value.Single(plan => plan.What is "win" or "lose").At));
        Assert.DoesNotContain(again, a => a.What == "open a deal" && sold.Any(s => s.Key == a.Key));
        foreach (var plan in sold.SelectMany(s => s.Value).Where(plan => plan.What == "open a deal"))
            await plan.Act(TestContext.Current.CancellationToken);
        Assert.Equal(sold.Select(s => (s.Key, "convert")).Order(), crm.Acts.Select(act => (act.Key, act.Act)).Order());
    }

    private sealed class Heard : IDemoCrm
    {
        public List<ActRequest> Acts { get; } = [];

        public Task AddAsync(IEnumerable<DemoPerson> people, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ActAsync(ActRequest act, CancellationToken cancellationToken)
        {
            Acts.Add(act);
            return Task.CompletedTask;
        }

        public Task LearnAsync(string key, string rep, bool hasBudget, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
