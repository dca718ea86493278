using CrmSync.Leads.Kpis;
using CrmSync.Tests.Notify;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Reports.Weekly;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Tests.Reports;

/// <summary>The page of the week, sent by itself every Monday; and figures that are no longer what was told.</summary>
public sealed class WeekWorkTests
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 12, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_page_is_put_into_the_folder_once_on_Monday_at_its_hour()
    {
        await using var stage = await OnMondayAsync();
        var folder = Path.Combine(stage.DataDirectory, "pages");
        var file = Path.Combine(folder, "crmsync-2026-W02.html");
        var work = Work(stage, new WeekFolder(folder));
        await work.RunAsync(Monday.AddMinutes(-1), default);
        Assert.False(File.Exists(file));
        await work.RunAsync(Monday, default);
        var page = await File.ReadAllTextAsync(file);
        Assert.Contains("<b>2</b> new MQLs", page, StringComparison.Ordinal);
        Assert.Contains("1 lead is waiting", page, StringComparison.Ordinal);
        File.Delete(file);
        await work.RunAsync(Monday.AddDays(6), default);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task What_fails_is_told_and_tried_again_later()
    {
        await using var stage = await OnMondayAsync();
        var blocked = Path.Combine(stage.DataDirectory, "blocked");
        await File.WriteAllTextAsync(blocked, "");
        var work = Work(stage, new WeekFolder(blocked));
        await work.RunAsync(Monday, default);
        Assert.Contains(stage.Logs.Warnings, line => line.Contains("WeeklyReport:Folder", StringComparison.Ordinal));
        File.Delete(blocked);
        await work.RunAsync(Monday.AddMinutes(4), default);
        Assert.False(Directory.Exists(blocked));
        await work.RunAsync(Monday.AddMinutes(5), default);
        Assert.Single(Directory.GetFiles(blocked));
    }

    [Fact]
    public async Task The_letter_says_the_numbers_and_brings_the_page()
    {
        await using var stage = await OnMondayAsync();
        await using var sink = new MailSink();
        var smtp = new SmtpSettings("127.0.0.1", sink.Port, SmtpTls.None, null, null, "crmsync@example.com", ["manager@example.com"]);
        var work = Work(stage, new WeekMail(smtp, () => "store1", "en"));
        await work.RunAsync(Monday, default);
        await work.RunAsync(Monday.AddHours(1), default);
        var letter = Assert.Single(sink.Letters);
        Assert.Contains("Message-Id: <store1-week-2026-W02@example.com>", letter, StringComparison.Ordinal);
        Assert.Contains("1 lead is waiting; 1 overdue.", letter, StringComparison.Ordinal);
        Assert.Contains("MQL to SAL: too few", letter, StringComparison.Ordinal);
        Assert.Contains("filename=crmsync-2026-W02.html", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_until_the_data_of_the_week_are_in()
    {
        await using var stage = await OnMondayAsync();
        await stage.Store.RememberAsync(Stage.Name, "polled-at", "2026-01-11T20:00:00Z", default);
        var folder = Path.Combine(stage.DataDirectory, "pages");
        await Work(stage, new WeekFolder(folder)).RunAsync(Monday, default);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_figure_that_history_changed_after_it_was_told_is_told_as_restated()
    {
        await using var stage = await OnMondayAsync();
        await Work(stage).RunAsync(Monday, default);
        Assert.Equal(0, (await stage.CommandAsync("kpi", "--json")).Json.GetProperty("restated").GetArrayLength());
        var told = (await ((SqliteStore)stage.Store).Reports.ToldAsync(1, default)).Single(figure => figure.Id == "mql-to-sal");

        await ((SqliteStore)stage.Store).ImportAsync(
            [new(Stage.Name, "77", new(2025, 11, 3, 8, 0, 0, TimeSpan.Zero), HistoryStage.MarketingQualified, "person:9", null, HistoryOrigin.Crm)], default);
        var restated = (await stage.CommandAsync("kpi", "--json")).Json.GetProperty("restated").EnumerateArray().First(r => r.GetProperty("id").GetString() == "mql-to-sal");
        Assert.Equal((told.N, told.N + 1), (restated.GetProperty("was").GetProperty("n").GetInt32(), restated.GetProperty("now").GetProperty("n").GetInt32()));
        Assert.Contains("RESTATED", (await stage.CommandAsync("kpi")).Out, StringComparison.Ordinal);
        Assert.Contains("Ændret siden", (await stage.CommandAsync("report", "--week", "--language", "da")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_week_is_named_as_people_say_it()
    {
        Assert.Equal("Uge 2, 2026: 5. til 11. januar", new Leads.Texts.Figures.WeekWords("da").Subtitle(2, 2026, new(2026, 1, 5), new(2026, 1, 11)));
        Assert.Equal("Week 1, 2026: 29 December to 4 January", new Leads.Texts.Figures.WeekWords("en").Subtitle(1, 2026, new(2025, 12, 29), new(2026, 1, 4)));
    }

    /// <summary>Two offers of the week before, one of them accepted.</summary>
    private static async Task<Stage> OnMondayAsync()
    {
        var stage = await Stage.StartAsync(null, [.. new[] { "anna", "bo" }.Select(key => Some.Lead(key) with { Owner = "rep-1" })]);
        await stage.OfferAsync("anna", "bo");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        stage.Clock.AdvanceTo(Monday.AddHours(-1));
        await stage.TickAsync();
        return stage;
    }

    private static WeekWork Work(Stage stage, params IWeekWay[] ways) => new(
        ReportSettings.Usual, TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"), [stage.Connection], ways, stage.Services.GetRequiredService<RuleSource>(), stage.Store,
        stage.Services.GetRequiredService<IStoreReports>(), stage.Services.GetRequiredService<IToldFigures>(), stage.Services.GetRequiredService<IOfferBook>(), new Logger<WeekWork>(stage.Logs));
}
