using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Tests.Storage;

/// <summary>What whoever opens the file from outside relies on.</summary>
public sealed class SqliteTablesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();
    private SqliteStore _store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await SqliteStore.OpenAsync(_directory.Name, Stop);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("audit", "sequence, kind, transition_id, lead_key, episode, from_stage, to_stage, handover_state, at, actor, rule_set_hash, evidence_hash, previous_hash, hash")]
    [InlineData("transitions", "sequence, transition_id, connection, lead_id, lead_key, episode, from_stage, to_stage, handover_state, decided_at, applied_at, actor, rule_set_hash, outcome")]
    [InlineData("leads", "lead_key, connection, object, lead_id")]
    [InlineData("evidence", "evidence_hash, lead_key, salt, facts, findings, inputs")]
    [InlineData("judgements", "lead_key, judged_at, evidence_hash, verdict")]
    [InlineData("rule_sets", "hash, body, engine_version")]
    [InlineData("inbox", "sequence, connection, delivery, lead_id, received_at, done_at")]
    [InlineData("intents", "transition_id, step, state, created_at, settled_at, reason")]
    [InlineData("activities", "key, connection, lead_key, lead_id, kind, body, state, not_before, tries, created_at, settled_at")]
    [InlineData("cursors", "connection, stream, position")]
    [InlineData("quarantine", "lead_id, reason, since")]
    public void Begins_each_table_with_the_columns_promised(string table, string columns)
    {
        var actual = string.Join(", ", _directory.Rows($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid"));
        Assert.StartsWith(columns, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_of_an_older_version_has_nothing_where_it_knew_nothing()
    {
        var memory = StoreJson.Read<LeadBody>("""{"memory":{"isGone":true}}"""u8).Memory;
        Assert.True(memory.IsGone);
        Assert.Equal((0, 0, 0), (memory.Absorbed.Count, memory.MergedAway.Count, memory.Counters.Count));
    }

    [Fact]
    public async Task A_store_of_an_older_version_says_how_it_is_brought_up_to_date()
    {
        await _store.DisposeAsync();
        using (var older = SqliteConnections.Open(Path.Combine(_directory.Name, DataDirectory.DatabaseName), SqliteUse.Write))
            older.Script("DROP TABLE lead_aliases");
        _store = await SqliteStore.OpenReadOnlyAsync(_directory.Name, Stop);
        var failure = await Assert.ThrowsAsync<StoreException>(() => _store.FindAsync("main", ["a"], Stop));
        Assert.Equal(StoreFailure.Damaged, failure.Failure);
        Assert.Contains("crmsync run", failure.Repair, StringComparison.Ordinal);
    }

    [Fact]
    public void What_changed_since_the_roll_up_is_looked_for_in_the_last_rows_alone()
    {
        using var session = SqliteConnections.Open(Path.Combine(_directory.Name, DataDirectory.DatabaseName), SqliteUse.Read);
        using var plan = session.Query($"EXPLAIN QUERY PLAN {EpisodeRollUp.SelectDirty}", 1, 2);
        Assert.True(plan.Next());
        Assert.StartsWith("SEARCH audit USING INTEGER PRIMARY KEY", plan.Text(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'person:1'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("INSERT OR REPLACE INTO audit SELECT * FROM audit")]
    [InlineData("INSERT OR REPLACE INTO audit(sequence, kind, transition_id, actor, previous_hash, hash) VALUES(2, 'Decided', 't1', '', '', '')")]
    public async Task Refuses_to_change_the_audit(string sql)
    {
        await _store.AppendAsync([Some.Decided("t1", "key-a")], Stop);
        Assert.Throws<SqliteException>(() => _directory.Sql(sql));
    }

    [Fact]
    public async Task Shows_one_transition_for_each_decided_and_each_observed_row()
    {
        await RecordAsync("a", Some.Observed("key-a", at: T0), Some.Decided("t1", "key-a"), Some.Applied("t1", "key-a", T0.AddMinutes(1)),
            Some.Decided("t2", "key-a", T0.AddHours(1)), Some.Decided("t3", "key-a"), Some.Applied("t3", "key-a") with { Kind = AuditKind.Conflict });
        Assert.Equal(
            [
                "1||main|a||Lead|2026-01-05T07:00:00.000Z|2026-01-05T07:00:00.000Z|observed",
                "2|t1|main|a|Lead|MarketingQualified|2026-01-05T07:00:00.000Z|2026-01-05T07:01:00.000Z|applied",
                "4|t2|main|a|Lead|MarketingQualified|2026-01-05T08:00:00.000Z||pending",
                "5|t3|main|a|Lead|MarketingQualified|2026-01-05T07:00:00.000Z||conflict",
            ],
            _directory.Rows("SELECT sequence, transition_id, connection, lead_id, from_stage, to_stage, decided_at, applied_at, outcome FROM transitions ORDER BY sequence"));
    }

    [Fact]
    public async Task Sums_up_leads_transitions_intents_and_verdicts()
    {
        await RecordAsync("a", Some.Decided("t1", "key-a"), Some.Applied("t1", "key-a"), Some.Decided("t2", "key-a"), Some.Observed("key-a"));
        await RecordAsync("b", Some.Observed("key-b", "Lead", "SalesQualified"));
        var summary = await _store.Reports.SummaryAsync(Stop);
        var main = summary.Connections["main"];
        Assert.Equal(2, main.Leads);
        Assert.Equal(new Dictionary<string, long> { ["Lead"] = 2 }, main.Stages);
        Assert.Equal(new Dictionary<string, long> { ["Lead>MarketingQualified"] = 1, ["Lead>SalesQualified"] = 1 }, main.Transitions);
        Assert.Equal(new Dictionary<string, long> { ["Offer"] = 2 }, main.Verdicts);
    }

    [Fact]
    public async Task Folds_transitions_into_the_instants_of_episodes()
    {
        var accepted = Some.Decided("t2", "key-a", T0.AddHours(2)) with { FromStage = "MarketingQualified", ToStage = "SalesAccepted", HandoverState = "Accepted" };
        await RecordAsync("a", Some.Decided("t1", "key-a"), Some.Applied("t1", "key-a"), accepted, accepted with { Kind = AuditKind.Applied },
            Some.Decided("t3", "key-a", T0.AddHours(3), episode: 2)); // not applied yet
        var episodes = new List<EpisodeRow>();
        await foreach (var episode in _store.Reports.EpisodesAsync(Stop)) episodes.Add(episode);
        var row = episodes[0];
        Assert.Equal(("key-a", 1, "main"), (row.LeadKey, row.Episode, row.Connection));
        Assert.Equal<DateTimeOffset?>([T0, T0, T0.AddHours(2), T0.AddHours(2), null, null], [row.MqlAt, row.OfferedAt, row.DecidedAt, row.AcceptedAt, row.RejectedAt, row.WonAt]);
        Assert.Equal((HandoverState.Accepted, HandoverState.Accepted), (row.AcceptedAs, row.State));
        Assert.Single(episodes);
    }

    [Fact]
    public async Task Tells_the_story_of_a_lead()
    {
        await RecordAsync("a", Some.Decided("t1", "key-a"));
        await _store.QuarantineAsync("main", [("a", "does not read")], T0, Stop);
        var story = await _store.Reports.StoryAsync("main", "a", Stop);
        Assert.Equal("Decided", Assert.Single(story!.Audit).Kind);
        Assert.Equal("{\"score\":70}", story.Evidence?.Findings);
        Assert.Equal("does not read", story.QuarantineReason);
        Assert.Null(await _store.Reports.StoryAsync("main", "stranger", Stop));
    }

    [Fact]
    public async Task Stays_small_beside_its_log_when_it_is_closed()
    {
        await _store.AcceptAsync("main", [.. Enumerable.Range(0, 5000).Select(i => new InboxEntry($"d{i}", $"lead{i}"))], T0, Stop);
        await _store.DisposeAsync();
        Assert.False(File.Exists(_directory.Database + "-wal"));
    }

    private Task RecordAsync(string leadId, params AuditDraft[] audit) => _store.RecordAsync(
        "main",
        [Some.Pass(new(leadId, 0, 0), Some.Lead(leadId)) with
        {
            Audit = audit,
            Evidence = new($"hash-{leadId}", $"key-{leadId}", "5a17", "{}", "{\"score\":70}", "{}"),
            Judgement = new($"key-{leadId}", T0, $"hash-{leadId}", "Offer"),
        }],
        T0, Stop);
}
