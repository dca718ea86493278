using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Notify;

/// <summary>Who is told of what: one list for a connection with settings of its own, one for all others together.</summary>
internal static class Audiences
{
    public static IEnumerable<IRecurringWork> Of(
        WorkerSettings settings, IReadOnlyList<ConnectedCrm> connections, RuleSource rules, ISyncStore store, IOfferBook book, ILogger<NotifyWork> log)
    {
        var breaches = new BreachReader(book);
        NotifyWork Work(string audience, NotifySettings notify, IReadOnlyList<ConnectedCrm> of) => new(audience, notify, of, Channels(notify), rules, store, breaches, log);
        var own = settings.Connections.Where(c => c.Notify is not null).ToDictionary(c => c.Crm.Name, c => c.Notify!);
        var others = connections.Where(c => !own.ContainsKey(c.Name)).ToList();
        if (settings.Notify is { } all && others.Count > 0)
            yield return Work("", all, others);
        foreach (var connection in connections.Where(c => own.ContainsKey(c.Name)))
            yield return Work(connection.Name, own[connection.Name], [connection]);
    }

    private static List<INotifyChannel> Channels(NotifySettings settings)
    {
        var channels = new List<INotifyChannel>();
        if (settings.Webhook is { } address)
            channels.Add(new WebhookChannel(address));
        if (settings.Smtp is { } smtp)
            channels.Add(new MailChannel(smtp));
        return channels;
    }
}
