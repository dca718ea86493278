using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Tests.Rules.Oracle;

/// <summary>Leads drawn at random for <see cref="DrawnRules"/>: values missing, records whole, begun lately, or no more than a counter.</summary>
internal static class DrawnLead
{
    private static readonly string[] Names = ["a", "b", "c", "z"];

    /// <param name="future">Hours after the judgement in which acts may lie.</param>
    internal static LeadFacts Draw(Random random, int future)
    {
        var lead = new LeadFacts.Builder(DrawnRules.Catalogue);
        if (random.Next(2) == 0)
            lead.Set(WellKnownFacts.CompanyEmployees, FactValue.Of((decimal)random.Next(0, 8)));
        foreach (var fact in (string[])[WellKnownFacts.CompanyCountry, WellKnownFacts.CompanyIndustry])
            if (random.Next(2) == 0)
                lead.Set(fact, FactValue.Of(Names[random.Next(4)]));
        foreach (var kind in DrawnRules.Kinds)
            if (random.Next(8) > 0)
                lead.Set(WellKnownFacts.EngagementPrefix + kind, FactValue.Of(Record(random, future)));
        return lead.Build();
    }

    /// <summary>No pause, one with an end, or one without.</summary>
    internal static CoolOffPeriod? Pause(Random random) => random.Next(2) == 0
        ? null
        : new(RuleSamples.Judged.AddHours(-random.Next(1, 800)), random.Next(5) == 0 ? null : RuleSamples.Judged.AddHours(random.Next(1, 500)));

    private static Engagement Record(Random random, int future)
    {
        EngagementAct[] acts = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => new EngagementAct(RuleSamples.Judged.AddHours(-random.Next(-future, 40 * 24)), random.Next(1, 3))).OrderBy(act => act.At)];
        DateTimeOffset? last = acts.Length == 0 ? null : acts[^1].At;
        long? total = random.Next(2) == 0 ? null : acts.Sum(act => act.Count) + random.Next(0, 4);
        return random.Next(7) switch
        {
            < 4 => new() { Acts = acts, CompleteSince = DateTimeOffset.MinValue, LastAt = last },
            4 => new() { Acts = acts, CompleteSince = RuleSamples.Judged.AddDays(-random.Next(0, 35)), LastAt = last, Total = total },
            5 => new() { Total = random.Next(0, 6), LastAt = random.Next(2) == 0 ? RuleSamples.Judged.AddHours(-random.Next(0, 40 * 24)) : null },
            _ => new() { Acts = acts, LastAt = last, Total = total },
        };
    }
}
