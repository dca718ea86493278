using CrmSync.Leads.Facts;

namespace CrmSync.Benchmarks.Judging;

/// <summary>The same lead in the product's form.</summary>
internal static class FactsOf
{
    public static LeadFacts Lead(HandLead lead, FactCatalogue catalogue) => new LeadFacts.Builder(catalogue)
        .Set(WellKnownFacts.PersonEmail, FactValue.Of(lead.Email))
        .Set(WellKnownFacts.PersonPhone, FactValue.Of(lead.Phone))
        .Set(WellKnownFacts.PersonRole, FactValue.Of(lead.Role))
        .Set(WellKnownFacts.PersonBuyingRole, FactValue.Of(lead.BuyingRoles))
        .Set(WellKnownFacts.PersonCountry, FactValue.Of(lead.PersonCountry))
        .Set(WellKnownFacts.CompanyCountry, FactValue.Of(lead.CompanyCountry))
        .Set(WellKnownFacts.CompanyIndustry, FactValue.Of(lead.Industry))
        .Set(WellKnownFacts.CompanyEmployees, FactValue.Of((decimal?)lead.Employees))
        .Set(WellKnownFacts.BantNeed, Answer(lead.Need))
        .Set(WellKnownFacts.BantTimeline, Answer(lead.Timeline))
        .Set(Of(EngagementKinds.HandRaise), Acts(lead.HandRaises))
        .Set(Of(EngagementKinds.MeetingBooked), Acts(lead.Meetings))
        .Set(Of(EngagementKinds.WebinarAttended), Acts(lead.Webinars))
        .Set(Of(EngagementKinds.ContentDownload), Acts(lead.Downloads))
        .Set(Of(EngagementKinds.PageView), Acts(lead.PageViews))
        .Set(Of(EngagementKinds.EmailClick), Acts(lead.EmailClicks))
        .Set(Of(EngagementKinds.SocialClick), Acts(lead.SocialClicks))
        .Set(Of(EngagementKinds.AdForm), Acts(lead.AdForms))
        .Build();

    private static string Of(string kind) => WellKnownFacts.EngagementPrefix + kind;

    private static FactValue Answer(bool? answer) =>
        FactValue.Of(answer switch { null => BantAnswer.Unknown, true => BantAnswer.Met, false => BantAnswer.NotMet });

    private static FactValue Acts(HandActs? acts) => acts is null ? FactValue.Unknown : FactValue.Of(new Engagement
    {
        Acts = [.. acts.Acts.Select(act => new EngagementAct(Utc(act.Ticks), act.Count))],
        Total = acts.Total < 0 ? null : acts.Total,
        LastAt = acts.LastTicks < 0 ? null : Utc(acts.LastTicks),
        CompleteSince = acts.CompleteSinceTicks == long.MaxValue ? null : Utc(acts.CompleteSinceTicks),
    });

    private static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);
}
