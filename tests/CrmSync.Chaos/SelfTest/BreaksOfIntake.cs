using CrmSync.Chaos.Checker.History;
using static CrmSync.Chaos.SelfTest.Broken;

namespace CrmSync.Chaos.SelfTest;

/// <summary>Changes and webhooks that were lost, doubled or made up.</summary>
internal static class BreaksOfIntake
{
    // The events of the run's own webhooks, in the order in which the good history sends them.
    private const string True = "7000000001";
    private const string Forged = "7000000002";

    public static IEnumerable<Break> All =>
    [
        new("a webhook of the driver is lost", "webhooks-kept", h => h.WithInbox(rows => rows.Where(r => EventOf(r) != True))),
        new("a webhook of the CRM is lost", "webhooks-kept", h => h.WithInbox(rows => rows.Where(r => EventOf(r) != EventOf(FirstEvent(h))))),
        new("a webhook is in the inbox twice", "webhooks-kept", h => h.WithInbox(rows => rows.Append(FirstEvent(h) with { Sequence = 99_999, Delivery = "1" + FirstEvent(h).Delivery }))),
        new("a forged webhook is in the inbox", "webhooks-kept",
            h => h.WithInbox(rows => rows.Append(FirstEvent(h) with { Sequence = 99_999, Delivery = FirstEvent(h).Delivery.Replace($"|{EventOf(FirstEvent(h))}|", $"|{Forged}|", StringComparison.Ordinal) }))),
        new("a webhook is in the inbox that nobody sent", "webhooks-kept",
            h => h.WithInbox(rows => rows.Append(FirstEvent(h) with { Sequence = 99_999, Delivery = FirstEvent(h).Delivery.Replace($"|{EventOf(FirstEvent(h))}|", "|77777|", StringComparison.Ordinal) }))),
        new("a forged webhook is answered 200", "webhooks-kept", h => h with { Webhooks = [.. h.Webhooks.Select(w => w.IsAuthentic ? w : w with { Status = 200 })] }),

        new("an event of a stream is lost", "stream-kept", h => h.Append(Told(h, "person:rep-1"))),
        new("an event of a stream is lost, and the stream went on", "stream-kept",
            h => h.Append(Told(h, "person:rep-1", "t0/1"), Told(h, "person:rep-1"), Told(h, "person:rep-1", "t2/1"), LostPlace())
                .WithInbox(rows => [.. rows, Heard(h, "t0/1"), Heard(h, "t2/1")])),
        new("an event of a stream is in the inbox twice", "stream-kept", h => h.Append(Told(h, "person:rep-1")).WithInbox(rows => [.. rows, Heard(h), Heard(h)])),
        new("an event is in the inbox that no stream told", "stream-kept", h => h.WithInbox(rows => rows.Append(Heard(h)))),

        new("a cursor stands before a change that nobody handled", "cursor-behind", h => CursorAt(h.Append(
            Foreign(h.IdOf("lea"), "city", "Aarhus", "Odense"), Read(h.IdOf("lea"))), CrmFields.People, h.Log[^1].At.AddHours(1))),
        new("a change came in before it happened, and not again", "cursor-behind",
            h => h.WithInbox(rows => rows.Select(r => r.LeadId == h.IdOf("lea") ? r with { ReceivedAt = "2026-01-05T07:00:00.000Z" } : r))),
        new("a lead has left the inbox before it came in", "cursor-behind", h => h.WithInbox(rows => rows.Where(r => r.LeadId != h.IdOf("jon") || EventOf(r) is not null)
            .Select(r => r.LeadId == h.IdOf("jon") ? r with { ReceivedAt = "2026-01-05T07:00:00.000Z" } : r))),
        new("a company's change is lost behind its cursor", "cursor-behind",
            h => h.WithInbox(rows => rows.Select(r => r.LeadId.StartsWith("companies/", StringComparison.Ordinal) ? r with { ReceivedAt = "2026-01-05T07:00:00.000Z" } : r))),

        new("a task that somebody closed is lost behind its cursor", "cursor-behind", h => CursorAt(h.Append(
            new LogLine { Kind = "act", Effects = [new(CrmFields.Tasks, "t1", "hs_task_status", "NOT_STARTED", "COMPLETED", "person:rep-1")] }), CrmFields.Tasks, h.Log[^1].At.AddHours(1))),
        new("a change is not looked at", "every-change-looked-at", h => h.Append(Foreign(h.IdOf("lea"), "city", "Aarhus", "Odense"))),
        new("a change is looked at in an old copy alone", "every-change-looked-at", h => h.Append(
            Foreign(h.IdOf("lea"), "city", "Aarhus", "Odense"), Read(h.IdOf("lea")) with { Fault = "stale" })),
        new("a lead is read by somebody else", "every-change-looked-at", h => h.Append(
            Foreign(h.IdOf("lea"), "city", "Aarhus", "Odense"), Read(h.IdOf("lea")) with { Identity = "oauth" })),
    ];

    private static LogLine Told(RunHistory h, string actor, string name = "t1/1") =>
        new() { Kind = "stream", Events = [name], About = new("contacts", h.IdOf("anna"), "UPDATE", h.Log[^1].At, actor) };

    private static LogLine LostPlace() => new() { Kind = "stream", Method = "REPLAY", Fault = "stale" };

    private static InboxRow Heard(RunHistory h, string name = "t1/1") => FirstEvent(h) with { Sequence = 99_999, Delivery = $"event:{name}:{h.IdOf("anna")}" };

    private static string? EventOf(InboxRow row) => row.Delivery.Split('|') is [_, var id, ..] ? id : null;

    /// <summary>Of a lead that the poll brought as well.</summary>
    private static InboxRow FirstEvent(RunHistory h) => h.Store.Inbox.First(r => EventOf(r) is not null and not True && r.LeadId == h.IdOf("anna"));

    private static RunHistory CursorAt(RunHistory h, string stream, DateTimeOffset at) => h.With(s => s with
    {
        Cursors = [.. s.Cursors.Select(c => c.Stream == stream ? c with { Position = $$"""{"seen":{{at.ToUnixTimeMilliseconds()}}}""" } : c)],
    });
}
