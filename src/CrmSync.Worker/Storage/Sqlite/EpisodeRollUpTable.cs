using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Rows of the roll-up; instants in milliseconds since 1970, and what is yes or no in one number.</summary>
internal static class EpisodeRollUpTable
{
    private const string Columns = """
        lead_key, episode, connection, source, owner, policy, segment, company, mql, offered, due, decided, accepted, accepted_as, rejected, lapsed,
        qualified, won, lost, recycled, state, stage, stage_since, reason, flags, evidence, contacted, unmet
        """;
    private const string Upsert =
        $"INSERT OR REPLACE INTO episode_rollup({Columns}) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27,?28)";
    private const string Select = $"SELECT {Columns} FROM episode_rollup WHERE (lead_key, episode) > (?1, ?2) ORDER BY lead_key, episode LIMIT ?3";
    private const string SelectOne = $"SELECT {Columns} FROM episode_rollup WHERE lead_key = ?1 AND episode = ?2";
    private const string UpdateContact = "UPDATE episode_rollup SET contacted = ?3 WHERE lead_key = ?1 AND episode = ?2";
    private const string SelectMqls = $"SELECT {Columns} FROM episode_rollup WHERE mql >= ?1 AND mql < ?2";
    private const string SelectSals = $"SELECT {Columns} FROM episode_rollup WHERE accepted >= ?1 AND accepted < ?2";

    [Flags]
    private enum Marks
    {
        None = 0,
        SalesGenerated = 1,
        Override = 2,
        Inferred = 4,
        Skipped = 8,
        Regressed = 16,
        MergedAway = 32,
    }

    public static void Save(Session session, EpisodeRow row) => session.Execute(
        Upsert, row.LeadKey, row.Episode, row.Connection, row.Source, row.Owner, row.Policy, row.Segment, row.Company, Of(row.MqlAt), Of(row.OfferedAt),
        Of(row.DueAt), Of(row.DecidedAt), Of(row.AcceptedAt), row.AcceptedAs?.ToString(), Of(row.RejectedAt), Of(row.LapsedAt), Of(row.SalesQualifiedAt),
        Of(row.WonAt), Of(row.LostAt), Of(row.RecycledAt), row.State?.ToString(), row.Stage?.ToString(), Of(row.StageSince), row.Reason, (int)MarksOf(row), row.Evidence, Of(row.ContactedAt), row.Unmet);

    /// <summary>An episode that is rolled up learns of its first contact without a transition.</summary>
    public static void SaveContact(Session session, string leadKey, int episode, DateTimeOffset at) =>
        session.Execute(UpdateContact, leadKey, episode, at.ToUnixTimeMilliseconds());

    public static EpisodeRow? Find(Session session, string leadKey, int episode)
    {
        using var rows = session.Query(SelectOne, leadKey, episode);
        return rows.Next() ? Row(rows) : null;
    }

    /// <summary>Those that became MQL between two instants in milliseconds, the second excluded.</summary>
    public static List<EpisodeRow> Mqls(Session session, long from, long to) => All(session.Query(SelectMqls, from, to));

    /// <summary>Those that were accepted between two instants in milliseconds, the second excluded.</summary>
    public static List<EpisodeRow> Sals(Session session, long from, long to) => All(session.Query(SelectSals, from, to));

    public static List<EpisodeRow> After(Session session, (string LeadKey, int Episode) after, int count)
    {
        using var rows = session.Query(Select, after.LeadKey, after.Episode, count);
        var found = new List<EpisodeRow>(count);
        while (rows.Next()) found.Add(Row(rows));
        return found;
    }

    private static List<EpisodeRow> All(ResultRows rows)
    {
        using (rows)
        {
            var found = new List<EpisodeRow>();
            while (rows.Next()) found.Add(Row(rows));
            return found;
        }
    }

    private static EpisodeRow Row(ResultRows rows)
    {
        var marks = (Marks)rows.Number(24);
        return new()
        {
            LeadKey = rows.Required(0), Episode = (int)rows.Number(1), Connection = rows.Text(2), Source = rows.Text(3), Owner = rows.Text(4),
            Policy = rows.Text(5), Segment = rows.Text(6), Company = rows.Text(7), MqlAt = At(rows, 8), OfferedAt = At(rows, 9), DueAt = At(rows, 10),
            DecidedAt = At(rows, 11), AcceptedAt = At(rows, 12), AcceptedAs = State(rows.Text(13)), RejectedAt = At(rows, 14), LapsedAt = At(rows, 15),
            SalesQualifiedAt = At(rows, 16), WonAt = At(rows, 17), LostAt = At(rows, 18), RecycledAt = At(rows, 19), State = State(rows.Text(20)),
            Stage = Enum.TryParse<LifecycleStage>(rows.Text(21), out var stage) ? stage : null, StageSince = At(rows, 22), Reason = rows.Text(23),
            Evidence = rows.Text(25), ContactedAt = At(rows, 26), Unmet = rows.Text(27), SalesGenerated = marks.HasFlag(Marks.SalesGenerated), Override = marks.HasFlag(Marks.Override),
            AcceptanceInferred = marks.HasFlag(Marks.Inferred), Skipped = marks.HasFlag(Marks.Skipped), Regressed = marks.HasFlag(Marks.Regressed),
            MergedAway = marks.HasFlag(Marks.MergedAway),
        };
    }

    private static Marks MarksOf(EpisodeRow row) =>
        (row.SalesGenerated ? Marks.SalesGenerated : 0) | (row.Override ? Marks.Override : 0) | (row.AcceptanceInferred ? Marks.Inferred : 0)
        | (row.Skipped ? Marks.Skipped : 0) | (row.Regressed ? Marks.Regressed : 0) | (row.MergedAway ? Marks.MergedAway : 0);

    private static SqlValue Of(DateTimeOffset? at) => at is { } instant ? instant.ToUnixTimeMilliseconds() : (string?)null;

    private static DateTimeOffset? At(ResultRows rows, int column) => rows.IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(rows.Number(column));

    private static HandoverState? State(string? name) => Enum.TryParse<HandoverState>(name, out var state) ? state : null;
}
