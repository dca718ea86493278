using CrmSync.Sandbox.Contracts;

namespace CrmSync.Benchmarks.Purse;

/// <summary>What people do in eight working hours, evenly spread: some visit a page, others ask to be called and are accepted two hours later.</summary>
/// <param name="asked">When whose hand was raised, by the id of the lead; filled here.</param>
internal sealed class PurseActs(PurseWorld world, int changed, int offered, Dictionary<string, DateTimeOffset> asked)
{
    private const int Minutes = 8 * 60;
    private const int Answered = 120;

    /// <param name="minute">Since work began; before it and after it nothing happens.</param>
    public void At(int minute)
    {
        for (var i = 0; i < changed; i++)
            if (i * Minutes / changed == minute)
                Act($"visitor{i}", "submit-form", "pageView");
        for (var i = 0; i < offered; i++)
        {
            if (i * Minutes / offered == minute)
                asked[Act($"buyer{i}", "submit-form", "handRaise")] = world.Now;
            if ((i * Minutes / offered) + Answered == minute)
                Act($"buyer{i}", "accept", null);
        }
    }

    private string Act(string key, string act, string? kind) => world.Control.Act(new()
    {
        Crm = "pipedrive", Key = key, Act = act, Person = kind is null ? "rep1" : null,
        Fields = kind is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["kind"] = kind },
    }).Id;
}
