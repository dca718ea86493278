using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Rules;

namespace CrmSync.Tests.Rules;

/// <summary>The shipped rules, and the lead of the golden texts: judged on Monday 23 November 2026 at 10:15 in Copenhagen.</summary>
internal static class RuleSamples
{
    internal static readonly DateTimeOffset Judged = new(2026, 11, 23, 9, 15, 0, TimeSpan.Zero);
    internal static readonly DateTimeOffset Due = Judged.AddDays(1);
    internal static readonly TimeZoneInfo Copenhagen = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");

    internal static string ShippedText { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sal-rules.yaml"));

    internal static RuleSet Shipped { get; } = Parse(ShippedText);

    /// <summary>The shipped rules as the golden texts name them.</summary>
    internal static RuleSet Golden { get; } =
        Parse(ShippedText.Replace("\nversion: 1\n", "\nversion: 3\n").Replace("effective: 2026-01-01", "effective: 2026-11-01"));

    /// <summary>An instant from <see cref="Judged"/> on and before another, a share (0 to 1) of the way; whole ticks, so that it never is the other.</summary>
    internal static DateTimeOffset Before(DateTimeOffset next, double share) => Judged.AddTicks((long)(((next - Judged).Ticks - 1) * share));

    internal static RuleSet Parse(string yaml)
    {
        var result = RuleFile.Parse(yaml, "rules.yaml");
        Assert.Empty(result.Problems);
        return result.RuleSet!;
    }

    /// <summary>The shipped rules and a <c>policies:</c>.</summary>
    internal static RuleSet WithPolicies(string policies) => Parse($"{ShippedText}\n{policies}");

    /// <summary>Fit 75: machinery, Denmark, production manager, size unknown; every kind of act on record, none done.</summary>
    internal static LeadFacts.Builder Lead()
    {
        var lead = new LeadFacts.Builder(Shipped.Catalogue)
            .Set(WellKnownFacts.CompanyName, FactValue.Of("Jensen Maskinfabrik A/S"))
            .Set(WellKnownFacts.CompanyIndustry, FactValue.Of("MACHINERY"))
            .Set(WellKnownFacts.CompanyCountry, FactValue.Of("Danmark"))
            .Set(WellKnownFacts.PersonRole, FactValue.Of("Produktionschef"))
            .Set(WellKnownFacts.PersonEmail, FactValue.Of("mette@jensen.dk"));
        foreach (var kind in EngagementKinds.All)
            lead.Set(WellKnownFacts.EngagementPrefix + kind, Acts());
        return lead;
    }

    /// <summary>A complete record of acts.</summary>
    internal static FactValue Acts(params EngagementAct[] acts) =>
        FactValue.Of(new Engagement { Acts = acts, CompleteSince = DateTimeOffset.MinValue, LastAt = acts.Length == 0 ? null : acts[^1].At });

    internal static LeadFacts.Builder Did(this LeadFacts.Builder lead, string kind, params EngagementAct[] acts) =>
        lead.Set(WellKnownFacts.EngagementPrefix + kind, Acts(acts));

    internal static EngagementAct On(int month, int day, string? detail = null, int count = 1) =>
        new(new DateTimeOffset(2026, month, day, 9, 0, 0, TimeSpan.Zero), count, detail);

    internal static Evaluation Judge(LeadFacts.Builder lead, RuleSet? rules = null) =>
        RuleEngine.Evaluate(rules ?? Shipped, lead.Build(), new LeadContext(Judged));

    internal static LeadFacts.Builder Offered() => Lead()
        .Did(EngagementKinds.WebinarAttended, On(11, 17, "Mindre spild i produktionen"))
        .Did(EngagementKinds.ContentDownload, On(11, 12))
        .Did(EngagementKinds.PageView, On(11, 20, count: 2), On(11, 21), On(11, 22));

    internal static LeadFacts.Builder NotYet() => Lead()
        .Did(EngagementKinds.PageView, On(11, 20, count: 2), On(11, 21), On(11, 22))
        .Did(EngagementKinds.SocialClick, On(10, 30, "LinkedIn"));
}
