using System.Globalization;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Benchmarks.Kpis;

/// <summary>Fills a store with the audit of many hand-overs, as a worker would have left it after some years; only the chain is not linked.</summary>
internal static class StoreMaker
{
    private const int PerCommit = 20_000;
    private const string InsertLead = "INSERT INTO leads(lead_key, connection, object, lead_id) VALUES(?1, 'main', 'contact', ?2)";
    private const string InsertAudit = "INSERT INTO audit VALUES(NULL, ?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, 'crmsync', ?8, ?8, ?8, ?8)";
    private static readonly DateTimeOffset Start = new(2023, 1, 2, 7, 0, 0, TimeSpan.Zero);
    private static readonly string Hash = new('a', 64);

    /// <summary>Answers how many transitions were made: 1.7 a lead.</summary>
    public static async Task<long> FillAsync(string directory, int leads, int seed)
    {
        await using (await SqliteStore.OpenAsync(directory, CancellationToken.None))
        {
        }
        using var session = SqliteConnections.Open(Path.Combine(directory, DataDirectory.DatabaseName), SqliteUse.Write);
        var (random, transitions) = (new Random(seed), 0L);
        for (var from = 0; from < leads; from += PerCommit)
        {
            session.Script("BEGIN");
            for (var i = from; i < Math.Min(leads, from + PerCommit); i++)
                transitions += Lead(session, random, i);
            session.Script("COMMIT");
        }
        session.Script("PRAGMA wal_checkpoint(TRUNCATE)");
        return transitions;
    }

    private static int Lead(Session session, Random random, int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{number:x8}");
        session.Execute(InsertLead, key, number.ToString(CultureInfo.InvariantCulture));
        var at = Start.AddSeconds(random.Next(3 * 365 * 86_400));
        Move("Lead", "MarketingQualified", "AwaitingDecision");
        if (random.NextDouble() >= 0.5)
            return 1;
        at = at.AddSeconds(random.Next(20 * 86_400));
        if (random.NextDouble() < 0.4)
        {
            Move("MarketingQualified", "MarketingQualified", "Rejected");
            return 2;
        }
        Move("MarketingQualified", "SalesAccepted", random.Next(8) == 0 ? "AcceptedBySilence" : "Accepted");
        if (random.NextDouble() >= 2 / 3.0)
            return 2;
        at = at.AddSeconds(86_400 + random.Next(150 * 86_400));
        Move("SalesAccepted", random.Next(2) == 0 ? "Customer" : "SalesQualified", "Accepted");
        return 3;

        void Move(string stage, string to, string state)
        {
            var transition = string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}");
            session.Execute(InsertAudit, "Decided", transition, key, stage, to, state, at, Hash);
            session.Execute(InsertAudit, "Applied", transition, key, stage, to, state, at.AddSeconds(20), Hash);
        }
    }
}
