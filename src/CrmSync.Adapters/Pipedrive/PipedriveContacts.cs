using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>What sales did with somebody: calls and mails that were made, and meetings that were booked.</summary>
internal static class PipedriveContacts
{
    private static readonly string[] Spoken = ["call", "email", "meeting", "lunch"];
    private const string Meeting = "meeting";

    /// <summary>When sales last spoke with or wrote to the person; null: never, or nobody wrote it down.</summary>
    public static DateTimeOffset? LastOf(PipedriveSurroundings around)
    {
        var done = (around.Activities ?? []).Where(a => a["done"] == "true" && Spoken.Contains(a["type"]))
            .Max(a => PipedriveStreams.Instant(a["marked_as_done_time"] ?? a["update_time"]));
        var mail = PipedriveStreams.Instant(around.Person?["last_outgoing_mail_time"]);
        return done is null || mail > done ? mail : done;
    }

    /// <summary>
    /// What the person did of a kind, where a marketing tool writes it down as an activity: forms are known by their name, webinars by
    /// having been attended. Null where the activities were not read.
    /// </summary>
    public static Engagement? Marketing(IReadOnlyList<PipedriveRecord>? activities, string kind, PipedriveOptions options, IReadOnlyList<FormMapping> forms)
    {
        if (activities is null)
            return null;
        string? KindOf(PipedriveRecord act) => act["type"] is not { } type ? null
            : options.WebinarTypes.Contains(type, StringComparer.OrdinalIgnoreCase) ? (act["done"] == "true" ? EngagementKinds.WebinarAttended : null)
            : options.FormTypes.Contains(type, StringComparer.OrdinalIgnoreCase) ? FormKinds.Of(act["subject"] ?? "", forms) : null;
        EngagementAct[] acts = [.. activities.Where(a => KindOf(a) == kind)
            .Select(a => (At: PipedriveStreams.Instant(a["marked_as_done_time"] ?? a["add_time"]), Title: a["subject"]))
            .Where(a => a.At is not null).Select(a => new EngagementAct(a.At!.Value, 1, a.Title)).OrderBy(a => a.At)];
        return acts.Length == 0 ? CountedActs.None : new() { Acts = acts, Total = acts.Length, LastAt = acts[^1].At, CompleteSince = DateTimeOffset.MinValue };
    }

    /// <summary>The meetings by when they were booked, with what a field of the account's own tells of the latest.</summary>
    public static Engagement? Meetings(IReadOnlyList<PipedriveRecord>? activities, Engagement? told)
    {
        EngagementAct[] booked = [.. (activities ?? []).Where(a => a["type"] == Meeting)
            .Select(a => (At: PipedriveStreams.Instant(a["add_time"]), Title: a["subject"]))
            .Where(a => a.At is not null).Select(a => new EngagementAct(a.At!.Value, 1, a.Title)).Concat(told?.Acts ?? []).OrderBy(a => a.At)];
        return booked.Length > 0 ? new() { Acts = booked, Total = booked.Length, LastAt = booked[^1].At, CompleteSince = DateTimeOffset.MinValue }
            : told ?? (activities is null ? null : CountedActs.None);
    }
}
