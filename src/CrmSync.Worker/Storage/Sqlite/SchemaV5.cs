namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// What the three KPIs need of every episode, packed by the day (UTC, from 1970) on which it began; no bytes: to be packed anew. And when
/// somebody first tried to reach the person. Episodes are rolled up once more, since the days come from them.
/// </summary>
internal static class SchemaV5
{
    public const string Sql = """
        CREATE TABLE cohort_days(day INTEGER PRIMARY KEY, mqls BLOB, sals BLOB);
        CREATE INDEX cohort_days_stale ON cohort_days(day) WHERE mqls IS NULL;
        DELETE FROM episode_rollup;
        DELETE FROM remembered WHERE connection = '' AND name = 'episodes-rolled-up';
        ALTER TABLE episode_rollup ADD COLUMN contacted INTEGER;
        CREATE INDEX episode_rollup_mqls ON episode_rollup(mql) WHERE mql IS NOT NULL;
        CREATE INDEX episode_rollup_sals ON episode_rollup(accepted) WHERE accepted IS NOT NULL;
        DROP INDEX episode_rollup_open;

        """;
}
