using System.Text.RegularExpressions;
using CrmSync.Adapters.Salesforce.Soql;
using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// What somebody did by the campaigns they responded to. There is one member per person and campaign: its first response is
/// known by the day, its latest by the instant only where the org keeps one.
/// </summary>
internal sealed partial class SalesforceCampaigns(IReadOnlyList<FormMapping> mappings)
{
    /// <summary>A field of an org's own with the instant of the latest response.</summary>
    public const string LastResponse = "Last_Response__c";

    private static readonly string[] Kinds = [EngagementKinds.HandRaise, EngagementKinds.ContentDownload, EngagementKinds.AdForm, EngagementKinds.WebinarAttended];

    private static readonly string[] OfMembers = ["Status", "FirstRespondedDate", LastResponse];
    private static readonly string[] OfCampaigns = ["Name", "Type"];

    /// <summary>Every kind that a campaign can be of: the account's own ones too.</summary>
    public IReadOnlyList<string> AllKinds { get; } = [.. mappings.Select(m => m.Kind).Concat(Kinds).Distinct()];

    /// <param name="sees">Whether our user sees a field of campaign members.</param>
    /// <param name="seesOfCampaign">The same of the campaigns themselves.</param>
    public static SoqlQuery Query(bool isContact, IEnumerable<string> ids, Func<string, bool> sees, Func<string, bool> seesOfCampaign)
    {
        var person = isContact ? "ContactId" : "LeadId";
        var seen = OfMembers.Where(sees).Concat(OfCampaigns.Where(seesOfCampaign).Select(f => $"Campaign.{f}"));
        return SoqlQuery.Of("CampaignMember", ["Id", person, "CreatedDate", .. seen]) with
        {
            Where = SoqlCondition.All(SoqlCondition.In(person, ids), SoqlCondition.Equal("HasResponded", SoqlLiteral.Of(true))),
        };
    }

    /// <summary>Sets the fact of each kind; <paramref name="slots"/> are those of <see cref="AllKinds"/>, -1 for a kind that is no fact.</summary>
    public void Read(IReadOnlyList<SalesforceRecord> members, IReadOnlyList<int> slots, LeadFacts.Builder facts)
    {
        var acts = members.SelectMany(m => KindOf(m) is { } kind ? ActsOf(m).Select(a => (kind, a)) : []).ToLookup(p => p.kind, p => p.a);
        for (var i = 0; i < AllKinds.Count; i++)
            if (slots[i] >= 0)
                facts.Set(slots[i], FactValue.Of(Of([.. acts[AllKinds[i]].OrderBy(a => a.At)])));
    }

    private static Engagement Of(EngagementAct[] acts) => acts.Length == 0
        ? CountedActs.None
        : new() { Acts = acts, Total = acts.Length, LastAt = acts[^1].At, CompleteSince = DateTimeOffset.MinValue };

    /// <summary>The account's own words first; then the type of an event, at which one must have been; then the usual words of forms.</summary>
    private string? KindOf(SalesforceRecord member)
    {
        var name = member["Campaign.Name"] ?? "";
        if (mappings.FirstOrDefault(m => name.Contains(m.Contains, StringComparison.OrdinalIgnoreCase)) is { } mapped)
            return mapped.Kind;
        if (EventType().IsMatch(member["Campaign.Type"] ?? ""))
            return Attended().IsMatch(member["Status"] ?? "") ? EngagementKinds.WebinarAttended : null;
        return FormKinds.Of(name, []);
    }

    private static IEnumerable<EngagementAct> ActsOf(SalesforceRecord member)
    {
        var title = member["Campaign.Name"];
        var first = First(member);
        var last = SalesforceStreams.Instant(member[LastResponse]);
        if (first is { } at && (last is null || at.UtcDateTime.Date < last.Value.UtcDateTime.Date))
            yield return new(at, 1, title);
        if (last is { } latest)
            yield return new(latest, 1, title);
    }

    /// <summary>The day of the first response; its instant too, if the member was made by it.</summary>
    private static DateTimeOffset? First(SalesforceRecord member)
    {
        var day = SalesforceStreams.Instant(member["FirstRespondedDate"]);
        var created = SalesforceStreams.Instant(member["CreatedDate"]);
        return day is null || created?.UtcDateTime.Date == day.Value.UtcDateTime.Date ? created : day;
    }

    [GeneratedRegex("webinar|event|conference|seminar|konference|arrangement", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EventType();

    [GeneratedRegex("attend|deltog|deltaget|deltager", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Attended();
}
