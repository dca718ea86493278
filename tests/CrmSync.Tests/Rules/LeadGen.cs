using CrmSync.Leads.Facts;
using CsCheck;

namespace CrmSync.Tests.Rules;

/// <summary>Random leads around the thresholds of the shipped rules: some acts, some gaps in what is known.</summary>
internal static class LeadGen
{
    private static readonly string?[] Industries = ["machinery", "retail", null];
    private static readonly string?[] Countries = ["DK", "DE", "SE", "Kenya", null];
    private static readonly decimal?[] Sizes = [5, 50, 600, null];

    internal static readonly Gen<EngagementAct[]> Acts = Gen.Int[0, 100 * 24].Select(hours => new EngagementAct(RuleSamples.Judged.AddHours(-hours)))
        .Array[0, 6].Select(acts => acts.OrderBy(act => act.At).ToArray());

    internal static readonly Gen<LeadFacts> Lead = Gen.Select(Acts, Acts, Acts, Gen.Bool, OneOf(Industries), OneOf(Sizes), OneOf(Countries)).Select(
        (views, webinars, guides, complete, industry, employees, country) => RuleSamples.Lead()
            .Did(EngagementKinds.PageView, views)
            .Did(EngagementKinds.ContentDownload, guides)
            .Set("engagement.webinarAttended", FactValue.Of(new Engagement { Acts = webinars, CompleteSince = complete ? DateTimeOffset.MinValue : RuleSamples.Judged.AddDays(-20) }))
            .Set(WellKnownFacts.CompanyIndustry, FactValue.Of(industry))
            .Set(WellKnownFacts.CompanyCountry, FactValue.Of(country))
            .Set(WellKnownFacts.CompanyEmployees, FactValue.Of(employees)).Build());

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
