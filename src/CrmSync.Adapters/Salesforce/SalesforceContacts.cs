using CrmSync.Adapters.Salesforce.Soql;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Salesforce;

/// <summary>What sales did with somebody: calls and mails that were made, and meetings that were booked.</summary>
internal static class SalesforceContacts
{
    private static readonly string[] OfTasks = ["Type", "TaskSubtype", "ActivityDate", "CompletedDateTime"];
    private static readonly string[] OfEvents = ["Subject"];

    /// <summary>Finished calls and mails; the tasks of the hand-over are of neither kind.</summary>
    /// <param name="sees">Whether our user sees a field of tasks: either of the two that tell the kind will do.</param>
    public static SoqlQuery Tasks(IEnumerable<string> ids, Func<string, bool> sees)
    {
        var (type, subtype) = (SoqlCondition.In("Type", ["Call", "Email", "Meeting"]), SoqlCondition.In("TaskSubtype", ["Call", "Email"]));
        return SoqlQuery.Of("Task", ["Id", "WhoId", .. OfTasks.Where(sees)]) with
        {
            Where = SoqlCondition.All(
                SoqlCondition.In("WhoId", ids),
                SoqlCondition.Equal("IsClosed", SoqlLiteral.Of(true)),
                !sees("Type") ? subtype : !sees("TaskSubtype") ? type : SoqlCondition.Any(subtype, type)),
        };
    }

    /// <param name="sees">Whether our user sees a field of meetings.</param>
    public static SoqlQuery Events(IEnumerable<string> ids, Func<string, bool> sees) =>
        SoqlQuery.Of("Event", ["Id", "WhoId", "CreatedDate", .. OfEvents.Where(sees)]) with { Where = SoqlCondition.In("WhoId", ids) };

    /// <summary>When sales last spoke with or wrote to the person; null: never, or nobody wrote it down.</summary>
    public static DateTimeOffset? LastOf(IReadOnlyList<SalesforceRecord> tasks) =>
        tasks.Max(t => SalesforceStreams.Instant(t["CompletedDateTime"] ?? t["ActivityDate"]));

    /// <summary>The meetings by when they were booked, with what a field of the org's own tells of the latest.</summary>
    public static Engagement? Meetings(IReadOnlyList<SalesforceRecord>? events, Engagement? told)
    {
        if (events is not { Count: > 0 })
            return told ?? (events is null ? null : Values.CountedActs.None);
        EngagementAct[] acts = [.. events.Select(e => (At: SalesforceStreams.Instant(e["CreatedDate"]), Title: e["Subject"]))
            .Where(e => e.At is not null).Select(e => new EngagementAct(e.At!.Value, 1, e.Title)).Concat(told?.Acts ?? []).OrderBy(a => a.At)];
        return new() { Acts = acts, Total = acts.Length, LastAt = acts is [.., var last] ? last.At : null, CompleteSince = DateTimeOffset.MinValue };
    }
}
