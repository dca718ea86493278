using System.Globalization;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Notify;

/// <summary>
/// Tells a manager, once on each working day, which offers are past their deadline. It changes nothing but its own
/// memory of what was sent; what fails, or was not answered in time, is tried again after growing pauses, so often and no
/// more.
/// </summary>
/// <param name="audience">Empty for all connections together, else the one connection.</param>
internal sealed partial class NotifyWork(
    string audience, NotifySettings settings, IReadOnlyList<ConnectedCrm> connections, IReadOnlyList<INotifyChannel> channels,
    RuleSource rules, ISyncStore store, BreachReader breaches, ILogger<NotifyWork> log) : IRecurringWork
{
    private const string Sent = "notified:";

    public string Name => audience.Length == 0 ? "notify" : $"notify {audience}";
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sla = rules.Current.Sla;
        var calendar = BusinessCalendar.Of(sla);
        var day = calendar.DayOf(now);
        if (calendar.HoursOn(day) is null || now < calendar.At(day, settings.At))
            return;
        BreachMessage? message = null;
        foreach (var channel in channels)
        {
            var progress = NotifyProgress.Read(await store.RememberedAsync(audience, Sent + channel.Name, cancellationToken), day);
            if (!progress.MayTry(settings.Tries, now))
                continue;
            message ??= await MessageAsync(sla, calendar, day, now, cancellationToken);
            // Nothing is late: that is known for today, and nobody is written to.
            if (message.Rows.Count == 0 || await TrySendAsync(channel, message, progress = progress.Tried(now), cancellationToken))
                await RememberAsync(channel, progress.Settled(), cancellationToken);
        }
    }

    private Task RememberAsync(INotifyChannel channel, NotifyProgress progress, CancellationToken cancellationToken) =>
        store.RememberAsync(audience, Sent + channel.Name, progress.ToString(), cancellationToken);

    private async Task<BreachMessage> MessageAsync(SlaSettings sla, BusinessCalendar calendar, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await breaches.ReadAsync(connections, sla, settings.Names, now, cancellationToken);
        var language = connections[0].Crm.Language;
        var late = rows.Select(row => new LateOffer(
            $"{row.Connection}/{row.LeadId}", row.Link?.ToString(), row.OwnerId, row.DueAt, row.LateHours, NameOf(row))).ToList();
        var id = string.Create(CultureInfo.InvariantCulture, $"{store.StoreId}-{(audience.Length == 0 ? "all" : audience)}-{day:yyyyMMdd}");
        return new(id, day, BreachText.Title(rows.Count, day, language), BreachText.Of(late, day, calendar.Zone, language), rows);
    }

    private async Task<bool> TrySendAsync(INotifyChannel channel, BreachMessage message, NotifyProgress tried, CancellationToken cancellationToken)
    {
        // Before it leaves: one that dies on the way, or whose answer never comes, was a try.
        await RememberAsync(channel, tried, cancellationToken);
        try
        {
            await channel.SendAsync(message, cancellationToken);
            LogLine.Told(log, message.Rows.Count, channel.Name);
            return true;
        }
        catch (NotifyException failure)
        {
            if (tried.Tries < settings.Tries)
                LogLine.Failed(log, channel.Name, failure.Message, failure.Repair, tried.NextAt);
            else
                LogLine.GivenUp(log, channel.Name, failure.Message, failure.Repair, tried.Tries);
            return false;
        }
    }

    private static string? NameOf(Breach row) => row.Name is null && row.Company is null ? null : string.Join(", ", new[] { row.Name, row.Company }.OfType<string>());

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Told of {Count} unanswered offers by {Channel}.")]
        public static partial void Told(ILogger logger, int count, string channel);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The list of unanswered offers did not go out by {Channel}: {Problem} {Repair} It is tried again at {RetryAt:O}.")]
        public static partial void Failed(ILogger logger, string channel, string problem, string repair, DateTimeOffset retryAt);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The list of unanswered offers did not go out by {Channel}: {Problem} {Repair} After {Tries} tries it is left at that for today.")]
        public static partial void GivenUp(ILogger logger, string channel, string problem, string repair, int tries);
    }
}
