using System.Globalization;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Invariants;

/// <summary>An answer of 2xx is a promise; a forgery leaves nothing.</summary>
internal sealed class WebhooksKept : IInvariant
{
    public string Id => "webhooks-kept";

    public string Promise => "Each authentic webhook that was answered 2xx is in the inbox exactly once, and each other one nowhere.";

    public IEnumerable<Violation> Check(RunHistory history)
    {
        var timeline = new Timeline(history);
        var stored = history.Store.Inbox.Select(row => (Row: row, Name: NameOf(row.Delivery))).Where(r => r.Name is not null).ToList();
        var events = stored.Select(r => r.Name!.Value.Event).ToHashSet();
        var sent = history.Log.Where(l => l.Kind == "webhook").Select(l => (l.At, l.Events, l.Status, l.About))
            .Concat(history.Webhooks.Where(w => w.IsAuthentic).Select(w => (w.At, w.Events, w.Status, About: (News?)null)))
            .ToList();
        var deliveries = history.Store.Inbox.Select(row => row.Delivery).ToHashSet();
        // What somebody did within the same instant as a write of ours the answer to that shows.
        var ours = sent.Where(s => IsEcho(s.About)).Select(s => (s.About!.Id, s.About.Stamp)).ToHashSet();
        // What is long done has left the inbox, and with it the row that a poll had made of a change, of which a webhook told days late.
        var kept = timeline.Last - history.Facts.InboxKept;
        foreach (var (at, ids, status, _) in sent.Where(s => s.Status is >= 200 and < 300 && s.At > kept && !IsEcho(s.About) && !(s.About is { } told && (ours.Contains((told.Id, told.Stamp)) || deliveries.Contains(DeliveryOf(told)) || told.Stamp <= kept))))
            foreach (var id in ids.Where(id => !events.Contains(id)))
                yield return new(Id, $"event {id} was answered {status} at {at:O} and is not in the inbox");
        foreach (var twice in stored.GroupBy(r => r.Name!.Value).Where(g => g.Count() > 1))
            yield return new(Id, $"event {twice.Key.Event} on {twice.Key.Record} is in the inbox {twice.Count()} times, as {string.Join(" and ", twice.Select(r => r.Row.Delivery))}");
        var genuine = sent.SelectMany(s => s.Events).ToHashSet();
        foreach (var row in stored.Where(r => !genuine.Contains(r.Name!.Value.Event)))
            yield return new(Id, $"row {row.Row.Sequence} of the inbox ({row.Row.Delivery}) comes from no authentic webhook");
        foreach (var forged in history.Webhooks.Where(w => !w.IsAuthentic && w.Status is >= 200 and < 300))
            yield return new(Id, $"a forged webhook with {string.Join(", ", forged.Events)} was answered {forged.Status} at {forged.At:O}");
    }

    /// <summary>What we did ourselves is no news to us.</summary>
    private static bool IsEcho(News? told) => told?.Actor.StartsWith("api:", StringComparison.Ordinal) == true;

    /// <summary>A change by its stamp: the poll that finds it too makes no second row of it.</summary>
    private static string DeliveryOf(News told) => $"{told.Record}:{told.Id}@{told.Stamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}";

    /// <summary>
    /// Event, type and record of <c>occurredAt|event|portal|type|record</c>, or event and webhook of <c>event:webhook:event</c>; null for
    /// what the worker found by itself.
    /// </summary>
    private static (string Event, string Type, string Record)? NameOf(string delivery) =>
        delivery.Split('|') is [_, var id, _, var type, var record] ? (id, type, record)
        : delivery.Split(':') is ["event", var webhook, var told] && !webhook.Contains('/') ? (told, "", webhook) : null;
}
