namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// What the three KPIs need of every episode, packed by the day (UTC, from 1970) on which it began; no bytes: to be packed anew. When
/// somebody first tried to reach the person; and the figures that were told, so that what changed them since can be told too.
/// Episodes are rolled up once more, since the days come from them.
/// </summary>
internal static class SchemaV5
{
    public const string Sql = """
        CREATE TABLE cohort_days(day INTEGER PRIMARY KEY, mqls BLOB, sals BLOB);
        CREATE INDEX cohort_days_stale ON cohort_days(day) WHERE mqls IS NULL;
        DELETE FROM episode_rollup;
        DELETE FROM remembered WHERE connection = '' AND name = 'episodes-rolled-up';
        ALTER TABLE episode_rollup ADD COLUMN contacted INTEGER;
        ALTER TABLE episode_rollup ADD COLUMN unmet TEXT;
        CREATE INDEX episode_rollup_mqls ON episode_rollup(mql) WHERE mql IS NOT NULL;
        CREATE INDEX episode_rollup_sals ON episode_rollup(accepted) WHERE accepted IS NOT NULL;
        DROP INDEX episode_rollup_open;
        CREATE TABLE first_contacts(lead_key TEXT NOT NULL, episode INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY(lead_key, episode)) WITHOUT ROWID;
        CREATE TABLE told_figures(
            cut_off TEXT NOT NULL, id TEXT NOT NULL, horizon_days INTEGER NOT NULL, numerator INTEGER, n INTEGER NOT NULL, open INTEGER NOT NULL, value TEXT,
            PRIMARY KEY(cut_off, id)) WITHOUT ROWID;

        """;
}
