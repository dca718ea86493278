using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Notify;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>
/// Every Monday, once the data of the week before are in: remembers the three KPIs as they are told, and sends the page of the week on
/// its ways. A way that fails is tried again after growing pauses until the next Monday.
/// </summary>
internal sealed partial class WeekWork(
    ReportSettings settings, TimeZoneInfo zone, IReadOnlyList<ConnectedCrm> connections, IReadOnlyList<IWeekWay> ways, RuleSource rules,
    ISyncStore store, IStoreReports reports, IToldFigures told, IOfferBook book, ILogger<WeekWork> log) : IRecurringWork
{
    private const int MostTries = 10;
    private const string Told = "weekly:told";
    private readonly ConnectionMemory _memory = new(store);

    /// <summary>With the ways of the settings.</summary>
    public static WeekWork Of(IServiceProvider services)
    {
        var (settings, store) = (services.GetRequiredService<WorkerSettings>(), services.GetRequiredService<ISyncStore>());
        List<IWeekWay> ways = [];
        if (settings.WeeklyReport.Folder is { } folder)
            ways.Add(new WeekFolder(folder));
        if (settings.WeeklyReport.Smtp is { } smtp)
            ways.Add(new WeekMail(smtp, () => store.StoreId, settings.WeeklyReport.Language));
        return new(
            settings.WeeklyReport, settings.Zone, services.GetRequiredService<IReadOnlyList<ConnectedCrm>>(), ways, services.GetRequiredService<RuleSource>(), store,
            services.GetRequiredService<IStoreReports>(), services.GetRequiredService<IToldFigures>(), services.GetRequiredService<IOfferBook>(), services.GetRequiredService<ILogger<WeekWork>>());
    }

    public string Name => "weekly report";
    public TimeSpan Every => ways.Count == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        if (now < LocalDays.Midnight(monday, zone) + settings.At.ToTimeSpan())
            return;
        var isTold = NotifyProgress.Read(await store.RememberedAsync("", Told, cancellationToken), monday).IsSettled;
        var open = await OpenAsync(monday, now, cancellationToken);
        if (isTold && open.Count == 0)
            return;
        var cutOff = await _memory.CutOffAsync(connections.Select(connection => connection.Name), cancellationToken);
        if (!(cutOff >= LocalDays.Midnight(monday, zone)) || await ReadAsync(cutOff.Value, monday, cancellationToken) is not { } report)
            return;
        if (!isTold)
        {
            await told.TellAsync(Restatements.Of(report.All), cancellationToken);
            await RememberAsync(Told, new NotifyProgress(monday, 0, default, true), cancellationToken);
        }
        foreach (var (way, progress) in open)
            await SendAsync(way, report, progress.Tried(now), cancellationToken);
    }

    private async Task<List<(IWeekWay Way, NotifyProgress Progress)>> OpenAsync(DateOnly monday, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = new List<(IWeekWay, NotifyProgress)>();
        foreach (var way in ways)
            if (NotifyProgress.Read(await store.RememberedAsync("", NameOf(way), cancellationToken), monday) is var progress && progress.MayTry(MostTries, now))
                open.Add((way, progress));
        return open;
    }

    private async Task<WeekReport?> ReadAsync(DateTimeOffset cutOff, DateOnly monday, CancellationToken cancellationToken)
    {
        var waiting = await WaitingLead.ReadAsync(book, connections.Select(c => c.Name), connections.ToDictionary(c => c.Name, c => c.Adapter), cancellationToken);
        var question = new KpiQuestion(cutOff) { Calendar = BusinessCalendar.Of(rules.Current.Sla) };
        return await WeekReport.ReadAsync(reports, question, WeekReport.NameOf(monday.AddDays(-7).ToDateTime(TimeOnly.MinValue)), zone, waiting, cancellationToken);
    }

    private async Task SendAsync(IWeekWay way, WeekReport report, NotifyProgress tried, CancellationToken cancellationToken)
    {
        // Before it leaves: one that dies on the way was a try.
        await RememberAsync(NameOf(way), tried, cancellationToken);
        try
        {
            await way.SendAsync(report, new WeekPage(report, settings.Language, CriterionName).Write(), cancellationToken);
            await RememberAsync(NameOf(way), tried.Settled(), cancellationToken);
            LogLine.Sent(log, report.Name, way.Name);
        }
        catch (NotifyException failure)
        {
            LogLine.Failed(log, report.Name, way.Name, failure.Message, failure.Repair, tried.Tries);
        }
    }

    private string CriterionName(string id) => rules.Current.Find(id)?.Text.In(settings.Language) ?? id;

    private static string NameOf(IWeekWay way) => $"weekly:{way.Name}";

    private Task RememberAsync(string name, NotifyProgress progress, CancellationToken cancellationToken) =>
        store.RememberAsync("", name, progress.ToString(), cancellationToken);

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The page of week {Week} went out by {Way}.")]
        public static partial void Sent(ILogger logger, string week, string way);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The page of week {Week} did not go out by {Way}: {Problem} {Repair} That was try {Tries}.")]
        public static partial void Failed(ILogger logger, string week, string way, string problem, string repair, int tries);
    }
}
