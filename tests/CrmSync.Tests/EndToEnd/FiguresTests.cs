using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Leads.Kpis;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Figures, reports, exports and history over a store that a worker filled.</summary>
public sealed class FiguresTests
{
    [Fact]
    public async Task A_rolled_up_episode_is_the_one_that_the_audit_gives()
    {
        await using var stage = await PlayedAsync();
        await ((IKpiRollUp)stage.Store).RollUpAsync(CancellationToken.None);
        stage.Act("erik", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();

        using var session = SqliteConnections.Open(Path.Combine(stage.DataDirectory, DataDirectory.DatabaseName), SqliteUse.Read);
        Assert.NotEmpty(EpisodeRollUpTable.After(session, ("", 0), 100));
        var folded = EpisodeQuery.After(session, ("", 0), 10_000).Rows;
        Assert.Equal(5, folded.Count);
        Assert.Equal(folded, await EpisodesAsync(stage));
    }

    [Fact]
    public async Task What_is_packed_by_day_gives_the_figures_of_the_episodes_whatever_happened_since()
    {
        await using var stage = await PlayedAsync();
        var store = (SqliteStore)stage.Store;
        stage.Clock.AdvanceTo(stage.Now.AddDays(2));
        stage.Act("anna", "set-stage", "rep-1", stage: "Customer");
        await stage.RunUntilQuietAsync();
        await store.RollUpAsync(CancellationToken.None);
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM cohort_days WHERE mqls IS NULL OR sals IS NULL"));
        await Same();
        using var session = SqliteConnections.Open(Path.Combine(stage.DataDirectory, DataDirectory.DatabaseName), SqliteUse.Write);
        session.Execute("UPDATE remembered SET value = '20' WHERE name = 'episodes-rolled-up'");
        Assert.NotEmpty(EpisodeRollUp.Changed(session, 100)!);
        await Same();
        session.Execute("UPDATE cohort_days SET mqls = NULL");
        await Same();
        await store.RollUpAsync(CancellationToken.None);
        Assert.False(CohortDays.IsStale(session));
        await Same();
        session.Execute("DELETE FROM remembered WHERE name = 'episodes-rolled-up'");
        await Same();

        async Task Same()
        {
            var (packed, told) = (Tally(stage), Tally(stage));
            Assert.True(await store.Reports.TallyAsync([packed], CancellationToken.None));
            foreach (var row in await EpisodesAsync(stage))
                told.Add(row);
            string[] figures = [.. told.Report().Figures.Select(Line)];
            Assert.Equal(figures, packed.Report().Figures.Select(Line));
            Assert.Contains(figures, line => line.StartsWith("mql-to-sal  ", StringComparison.Ordinal) && line.EndsWith(" 5", StringComparison.Ordinal));
        }

        static string Line(KpiFigure figure) => $"{figure.Id} {figure.By} {figure.Numerator} {figure.N} {figure.Open}";
    }

    private static BriefTally Tally(Stage stage) => new(new(stage.Now), TimeZoneInfo.Utc, byMonth: true);

    [Fact]
    public async Task The_three_alone_are_those_of_the_whole_report()
    {
        await using var stage = await PlayedAsync();
        foreach (var split in new string[][] { [], ["--by", "month"], ["--by", "owner"] })
        {
            var whole = (await stage.CommandAsync(["kpi", "--json", .. split])).Json.GetProperty("figures").EnumerateArray().Select(f => f.GetRawText()).ToList();
            var brief = (await stage.CommandAsync(["kpi", "--json", "--brief", .. split])).Json.GetProperty("figures").EnumerateArray().Select(f => f.GetRawText()).ToList();
            Assert.Subset(whole.ToHashSet(), brief.ToHashSet());
            Assert.True(brief.Count >= 4);
        }
        Assert.Contains("MQL to SAL", (await stage.CommandAsync("kpi", "--brief")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_figures_tell_what_people_did()
    {
        await using var stage = await PlayedAsync();
        var kpi = await stage.CommandAsync("kpi", "--json", "--by", "owner");
        Assert.Equal(0, kpi.Exit);
        var figures = kpi.Json.GetProperty("figures").EnumerateArray().ToList();
        Assert.Equal((2, 4), Counts(Figure(figures, "mql-to-sal.decided")));
        Assert.Equal((2, 5), Counts(Figure(figures, "mql-to-sal.throughput")));
        Assert.Contains(figures, f => f.GetProperty("id").GetString() == "rejection.reason" && f.GetProperty("by").GetString() == "NoNeed" && f.GetProperty("numerator").GetInt32() == 1);
        var owner = (await stage.RecordAsync("anna")).Episode!.OwnerId;
        Assert.Contains(figures, f => f.GetProperty("id").GetString() == "mql-to-sal" && f.GetProperty("by").GetString() == owner);
        Assert.Equal((4, 5), Counts(Figure(figures, "disposition")));
        var screen = (await stage.CommandAsync("kpi", "--language", "da")).Out;
        Assert.Contains("MQL TIL SAL", screen, StringComparison.Ordinal);
        Assert.Contains("afvist: intet behov", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_contact_after_the_offer_is_the_speed_to_lead_whatever_comes_later()
    {
        await using var stage = await PlayedAsync();
        await ((IKpiRollUp)stage.Store).RollUpAsync(CancellationToken.None);
        var offered = (await EpisodesAsync(stage)).Max(row => row.OfferedAt!.Value);
        foreach (var hours in new[] { 3, 8 })
        {
            stage.Clock.AdvanceTo(offered.AddHours(hours));
            stage.Act("anna", "edit", fields: new Dictionary<string, string?> { ["notes_last_contacted"] = stage.Now.ToString("O", System.Globalization.CultureInfo.InvariantCulture) });
            await stage.RunUntilQuietAsync();
        }
        var contacted = Assert.Single(await EpisodesAsync(stage), row => row.ContactedAt is not null);
        Assert.Equal(offered.AddHours(3), contacted.ContactedAt!.Value, TimeSpan.FromSeconds(1));
        var speed = Figure([.. (await stage.CommandAsync("kpi", "--json")).Json.GetProperty("figures").EnumerateArray()], "speed-to-lead");
        Assert.Equal((1, 2), (speed.GetProperty("n").GetInt32(), speed.GetProperty("open").GetInt32()));
    }

    [Fact]
    public async Task A_rejection_counts_for_every_criterion_that_was_not_met_when_the_lead_was_judged()
    {
        await using var stage = await PlayedAsync();
        var parts = (await stage.CommandAsync("kpi", "--json")).Json.GetProperty("figures").EnumerateArray().Where(f => f.GetProperty("id").GetString() == "rejection.criterion").ToList();
        var unmet = stage.File.Rows("""
            SELECT f.value ->> '$.criterion', count(*) FROM audit a JOIN evidence e USING(evidence_hash), json_each(e.findings) f
            WHERE a.sequence IN (SELECT min(sequence) FROM audit WHERE evidence_hash IS NOT NULL AND episode = 1
                AND lead_key IN (SELECT lead_key FROM audit WHERE handover_state = 'Rejected') GROUP BY lead_key)
                AND f.value ->> '$.result' <> 'met' AND f.value ->> '$.group' <> 'blocker' GROUP BY 1 ORDER BY 1
            """);
        Assert.NotEmpty(unmet);
        Assert.Equal(unmet, parts.Select(f => $"{f.GetProperty("by").GetString()}|{f.GetProperty("numerator").GetInt32()}").Order(StringComparer.Ordinal));
        Assert.All(parts, f => Assert.Equal(2, f.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task The_weekly_page_says_who_owes_an_answer_and_asks_for_nothing_else()
    {
        await using var stage = await PlayedAsync();
        var file = Path.Combine(stage.DataDirectory, "week.html");
        Assert.Equal(0, (await stage.CommandAsync("report", "--week", "2026-W02", "--language", "da", "--out", file)).Exit);
        var page = await File.ReadAllTextAsync(file);
        Assert.Contains("1 lead venter; 0 over fristen.", page, StringComparison.Ordinal);
        Assert.Contains("intet behov", page, StringComparison.Ordinal);
        Assert.Contains("<b>5</b> nye MQL", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.OrdinalIgnoreCase);
        var json = (await stage.CommandAsync("report", "--week", "2026-W02", "--json")).Json;
        Assert.Equal((1, 2), (json.GetProperty("waiting").GetArrayLength(), json.GetProperty("counts").GetProperty("rejected").GetInt32()));
        Assert.Equal(64, (await stage.CommandAsync("report", "--week", "soon")).Exit);
        Assert.Equal(64, (await stage.CommandAsync("report")).Exit);
    }

    [Fact]
    public async Task The_baseline_says_how_things_stand_before_anything_is_changed()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, [
            .. new[] { "a", "b" }.Select(key => Some.Lead(key) with { Stage = "MarketingQualified", Owner = "rep-1" }), Some.Lead("c")]);
        await stage.BaselineAsync();
        stage.RaiseHand("c");
        await stage.RunUntilQuietAsync();
        var baseline = (await stage.CommandAsync("report", "--baseline", "--json")).Json;
        var main = baseline.GetProperty("connections")[0];
        Assert.Equal((3, 2), (main.GetProperty("leads").GetInt32(), main.GetProperty("stages").GetProperty("MarketingQualified").GetInt32()));
        var owner = (await stage.RecordAsync("a")).Memory.OwnerId;
        Assert.Equal((owner, 2), (main.GetProperty("undecidedByOwner")[0].GetProperty("ownerId").GetString(), main.GetProperty("undecidedByOwner")[0].GetProperty("leads").GetInt32()));
        Assert.NotEmpty(baseline.GetProperty("coverage").EnumerateArray());
        Assert.Contains("Undecided MQLs by owner", (await stage.CommandAsync("report", "--baseline")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_criteria_say_too_few_before_they_say_anything()
    {
        await using var stage = await PlayedAsync();
        var report = (await stage.CommandAsync("criteria", "--json")).Json.GetProperty("report");
        Assert.Equal((4, 2), (report.GetProperty("decided").GetInt32(), report.GetProperty("accepted").GetInt32()));
        Assert.NotEmpty(report.GetProperty("criteria").EnumerateArray());
        Assert.Contains("too few", (await stage.CommandAsync("criteria")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_has_every_row_of_the_view_in_both_forms()
    {
        await using var stage = await PlayedAsync();
        var rows = stage.File.Number("SELECT count(*) FROM transitions");
        var (csv, lines) = (Path.Combine(stage.DataDirectory, "t.csv"), Path.Combine(stage.DataDirectory, "t.jsonl"));
        Assert.Equal(0, (await stage.CommandAsync("export", "--out", csv)).Exit);
        Assert.Equal(0, (await stage.CommandAsync("export", "--format", "jsonl", "--out", lines)).Exit);
        File.Delete("-"); // of a run that failed
        Assert.Equal(await File.ReadAllTextAsync(csv), (await stage.CommandAsync("export", "--out", "-")).Out);
        Assert.Equal(64, (await stage.CommandAsync("export", "--out", "-", "--json")).Exit);
        Assert.StartsWith("<!doctype html>", (await stage.CommandAsync("report", "--week", "--out", "-")).Out, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists("-"));
        Assert.Equal(rows + 1, (await File.ReadAllLinesAsync(csv)).Length);
        Assert.Equal(rows, (await File.ReadAllLinesAsync(lines)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("outcome").GetString()).Count());
    }

    [Fact]
    public async Task History_of_the_CRM_gives_figures_on_day_one_and_changes_nothing_there()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, [.. Enumerable.Range(0, 4).Select(i => Some.Lead($"l{i}"))]);
        foreach (var (stageName, leads) in new[] { ("MarketingQualified", 4), ("SalesAccepted", 2), ("Customer", 1) })
        {
            for (var i = 0; i < leads; i++)
                stage.Act($"l{i}", "set-stage", "rep-1", stage: stageName);
            stage.Clock.AdvanceTo(stage.Now.AddDays(3));
        }
        var log = stage.LogHead;
        var data = Directory.CreateTempSubdirectory("crmsync-history-").FullName;
        try
        {
            var import = await CommandResult.RunAsync("history", "import", Stage.Name, "--json", "--config", stage.ConfigFile, "--data", data);
            Assert.True(import.Exit == 0, import.Out + import.Error);
            Assert.Equal(4, import.Json.GetProperty("audit").GetProperty("leads").GetInt32());
            var again = await CommandResult.RunAsync("history", "import", Stage.Name, "--json", "--config", stage.ConfigFile, "--data", data);
            Assert.Equal(0, again.Json.GetProperty("added").GetInt32());
            Assert.DoesNotContain(stage.Requests(log), request => request.Effects.Count > 0);

            var figures = (await CommandResult.RunAsync("kpi", "--json", "--config", stage.ConfigFile, "--data", data)).Json.GetProperty("figures").EnumerateArray().ToList();
            Assert.Equal((2, 4), Counts(Figure(figures, "mql-to-sal.throughput")));
            Assert.Equal(4, Figure(figures, "mql-to-sal.throughput").GetProperty("imported").GetInt32());
            Assert.Equal(1, Figure(figures, "sal-to-won.median").GetProperty("n").GetInt32());
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task What_an_import_of_history_costs_counts_as_the_workers_and_what_that_spent_counts_for_it()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, [.. Enumerable.Range(0, 4).Select(i => Some.Lead($"l{i}"))]);
        var data = Directory.CreateTempSubdirectory("crmsync-history-").FullName;
        try
        {
            var log = stage.LogHead;
            string[] import = ["history", "import", Stage.Name, "--json", "--config", stage.ConfigFile, "--data", data];
            Assert.Equal(0, (await CommandResult.RunAsync(import)).Exit);
            Assert.InRange(new StoreFile(data).Number("SELECT coalesce(sum(count), 0) FROM quota_uses WHERE budget = 'daily'"), stage.Requests(log).Count - 1, 1_000);

            await using (var store = await SqliteStore.OpenAsync(data, default))
                await ((IQuotaLedger)store).AddAsync(Stage.Name, "daily", new(DateTimeOffset.UtcNow, 1_000_000), default);
            log = stage.LogHead;
            Assert.Equal(69, (await CommandResult.RunAsync(import)).Exit);
            Assert.InRange(stage.Requests(log).Count, 0, 1); // the first answer tells how large the day is
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Old_decisions_come_from_a_file()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, Some.Lead("anna"));
        var data = Directory.CreateTempSubdirectory("crmsync-history-").FullName;
        try
        {
            var file = Path.Combine(data, "decisions.csv");
            await File.WriteAllTextAsync(file, "lead_id,decision,reason,decided_at,decided_by\n1,rejected,reject_no_need,2025-03-01,9\n2,accepted,,2025-03-02T10:00:00Z,9\n3,maybe,,2025-03-02,9\n");
            var import = await CommandResult.RunAsync("history", "import", Stage.Name, "--decisions", file, "--json", "--config", stage.ConfigFile, "--data", data);
            Assert.Equal((2, 1), (import.Json.GetProperty("added").GetInt32(), import.Json.GetProperty("leftOut").GetProperty("count").GetInt32()));
            var figures = (await CommandResult.RunAsync("kpi", "--json", "--config", stage.ConfigFile, "--data", data)).Json.GetProperty("figures").EnumerateArray().ToList();
            Assert.Contains(figures, f => f.GetProperty("id").GetString() == "rejection.reason" && f.GetProperty("by").GetString() == "NoNeed");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Five offers: two accepted, two rejected, one that waits.</summary>
    private static async Task<Stage> PlayedAsync()
    {
        string[] keys = ["anna", "bo", "carl", "dora", "erik"];
        var stage = await Stage.StartAsync(null, [.. keys.Select(key => Some.Lead(key) with { Owner = "rep-1" })]);
        await stage.OfferAsync(keys);
        stage.Act("anna", "accept");
        stage.Act("bo", "accept");
        stage.Act("carl", "reject", reason: "no need");
        stage.Act("dora", "reject", reason: "bad timing");
        await stage.RunUntilQuietAsync();
        return stage;
    }

    private static async Task<List<EpisodeRow>> EpisodesAsync(Stage stage)
    {
        var rows = new List<EpisodeRow>();
        await foreach (var row in ((SqliteStore)stage.Store).Reports.EpisodesAsync(CancellationToken.None))
            rows.Add(row);
        return rows;
    }

    private static JsonElement Figure(List<JsonElement> figures, string id) =>
        figures.Single(figure => figure.GetProperty("id").GetString() == id && figure.GetProperty("by").ValueKind == JsonValueKind.Null);

    private static (int, int) Counts(JsonElement figure) => (figure.GetProperty("numerator").GetInt32(), figure.GetProperty("n").GetInt32());
}
