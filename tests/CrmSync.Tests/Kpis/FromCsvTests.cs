using System.Globalization;
using System.Text;
using System.Text.Json;
using CrmSync.Tests.Commands;
using Microsoft.Data.Sqlite;

namespace CrmSync.Tests.Kpis;

/// <summary><c>kpi --from-csv</c> against a computation in SQL that shares nothing with it.</summary>
public sealed class FromCsvTests : IDisposable
{
    private static readonly string[] Stages =
        ["Lead", "MarketingQualified", "SalesAccepted", "AcceptedBySilence", "Rejected", "Returned", "Recycled", "Disqualified", "Expired", "Superseded", "SalesQualified", "Opportunity", "Customer", "Lost"];

    private const string Episodes = """
        CREATE TABLE marks AS SELECT lead, ms, rank, ends, lag(ends) OVER (PARTITION BY lead ORDER BY ms, rank) AS before FROM events WHERE rank = 1 OR ends;
        CREATE TABLE numbered AS SELECT e.*, (SELECT count(*) FROM marks m WHERE m.lead = e.lead AND m.rank = 1 AND coalesce(m.before, 1)
            AND (m.ms < e.ms OR m.ms = e.ms AND m.rank <= e.rank)) AS episode FROM events e WHERE rank > 0;
        CREATE TABLE episodes AS SELECT lead, episode, max(company) AS company, min(CASE WHEN rank = 1 THEN ms END) AS mql,
            min(CASE WHEN rank IN (2, 3) THEN ms END) AS sal, max(rank = 3) AS silent, min(CASE WHEN rank = 4 THEN ms END) AS rejected,
            min(CASE WHEN rank = 8 THEN ms END) AS lapsed, max(CASE WHEN rank = 12 THEN ms END) AS won FROM numbered GROUP BY lead, episode;
        CREATE TABLE cut AS SELECT max(ms) AS at FROM events;
        """;

    private readonly CommandBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Gives_the_figures_of_an_independent_SQL_computation()
    {
        var path = await WriteAsync(leads: 4_000);
        Assert.Equal(0, await _bench.BareAsync("kpi", "--from-csv", path, "--json", "--customer-horizon", "120"));
        var figures = _bench.Json.GetProperty("figures").EnumerateArray().ToDictionary(f => f.GetProperty("id").GetString() + f.GetProperty("by").GetString());
        using var sql = Load(path);
        const long H = 14 * 86_400_000L, C = 120 * 86_400_000L;

        Counts("mql-to-sal", $"sal - mql <= {H}", $"mql IS NOT NULL AND mql <= cut.at - {H}", $"mql > cut.at - {H}");
        Counts("mql-to-sal.explicit", $"sal - mql <= {H} AND NOT silent", $"mql IS NOT NULL AND mql <= cut.at - {H}", $"mql > cut.at - {H}");
        Counts("mql-to-sal.silent", $"sal - mql <= {H} AND silent", $"mql IS NOT NULL AND mql <= cut.at - {H}", $"mql > cut.at - {H}");
        Counts("mql-to-sal.decided", "sal IS NOT NULL", "mql IS NOT NULL AND (sal IS NOT NULL OR rejected IS NOT NULL)", "mql IS NOT NULL AND sal IS NULL AND rejected IS NULL");
        Counts("mql-to-sal.throughput", "sal IS NOT NULL", "mql IS NOT NULL", "0");
        Counts("sal-to-customer", $"won - sal <= {C}", $"sal IS NOT NULL AND sal <= cut.at - {C}", $"sal > cut.at - {C}");
        Counts("sal-to-customer.company", $"won - sal <= {C}", $"sal <= cut.at - {C}", $"sal > cut.at - {C}",
            "(SELECT min(sal) AS sal, min(won) AS won FROM episodes WHERE sal IS NOT NULL GROUP BY coalesce(company, lead))");

        var (share, n) = (figures["mql-to-sal"].GetProperty("value").GetDecimal(), (double)Number("SELECT count(*) FROM episodes, cut WHERE mql <= cut.at - 1209600000"));
        var p = (double)Number($"SELECT count(*) FROM episodes, cut WHERE mql <= cut.at - {H} AND sal - mql <= {H}") / n;
        const double Z = 1.959963984540054;
        var (middle, half) = ((p + Z * Z / (2 * n)) / (1 + Z * Z / n), Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n));
        Assert.Equal(((decimal)Math.Round(p, 4), (decimal)Math.Round(middle - half, 4), (decimal)Math.Round(middle + half, 4)),
            (share, figures["mql-to-sal"].GetProperty("low").GetDecimal(), figures["mql-to-sal"].GetProperty("high").GetDecimal()));
        var days = Numbers("SELECT won - sal FROM episodes WHERE won > sal ORDER BY 1").ConvertAll(ms => ms / 86_400_000m);
        Assert.Equal(Math.Round(days.Average(), 2), figures["sal-to-won.mean"].GetProperty("value").GetDecimal());
        Assert.Equal(days.Count, figures["sal-to-won.median"].GetProperty("n").GetInt32());
        Assert.Equal(Math.Round((days[(days.Count - 1) / 2] + days[days.Count / 2]) / 2, 2), figures["sal-to-won.median"].GetProperty("value").GetDecimal());

        void Counts(string id, string hits, string of, string open, string from = "episodes")
        {
            var sums = $"(SELECT count(*) FROM {from}, cut WHERE ({of}) AND ({hits})), (SELECT count(*) FROM {from}, cut WHERE {of}), (SELECT count(*) FROM {from}, cut WHERE {open})";
            using var command = sql.CreateCommand();
            command.CommandText = $"SELECT {sums}";
            using var row = command.ExecuteReader();
            Assert.True(row.Read());
            var figure = figures[id];
            Assert.Equal((id, row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)),
                (id, figure.GetProperty("numerator").GetInt32(), figure.GetProperty("n").GetInt32(), figure.GetProperty("open").GetInt32()));
        }

        decimal Number(string query) => Numbers(query)[0];

        List<decimal> Numbers(string query)
        {
            using var command = sql.CreateCommand();
            command.CommandText = query;
            using var rows = command.ExecuteReader();
            var all = new List<decimal>();
            while (rows.Read())
                all.Add(rows.GetInt64(0));
            return all;
        }
    }

    [Fact]
    public async Task Names_what_it_left_out_and_splits_by_source_and_month()
    {
        var path = await WriteAsync(leads: 300);
        await File.AppendAllTextAsync(path, "L1,,Nope,2026-01-01,web\n,,Lead,2026-01-01,web\n");
        Assert.Equal(0, await _bench.BareAsync("kpi", "--from-csv", path, "--json", "--by", "source", "--period", "2025"));
        var leftOut = _bench.Json.GetProperty("file").GetProperty("leftOut");
        Assert.Equal(2, leftOut.GetProperty("count").GetInt32());
        Assert.Equal("stage", leftOut.GetProperty("first")[0].GetProperty("column").GetString());
        var figures = _bench.Json.GetProperty("figures").EnumerateArray().Where(f => f.GetProperty("id").GetString() == "mql-to-sal").ToList();
        Assert.Equal([null, "?", "ads", "web"], figures.Select(f => f.GetProperty("by").GetString()));
        Assert.Equal(figures[0].GetProperty("n").GetInt32(), figures.Skip(1).Sum(f => f.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_file_of_which_nothing_can_be_read()
    {
        var path = _bench.Directory.File("bad.csv");
        await File.WriteAllTextAsync(path, "lead_id,company_id,stage,entered_at\n1,,MQL,yesterday\n");
        Assert.Equal(65, await _bench.BareAsync("kpi", "--from-csv", path, "--json"));
        Assert.Equal("leads", _bench.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(64, "--from-csv", "no-such-file.csv")]
    [InlineData(64, "--from-csv", "x.csv", "--by", "weather")]
    public async Task Refuses_what_it_does_not_understand(int exit, params string[] args) => Assert.Equal(exit, await _bench.BareAsync(["kpi", .. args]));

    [Theory]
    [InlineData("en", "MQL to SAL")]
    [InlineData("da", "MQL til SAL")]
    public async Task Defines_its_figures(string language, string name)
    {
        Assert.Equal(0, await _bench.BareAsync("kpi", "--define", "--language", language));
        Assert.Contains(name, _bench.Out, StringComparison.Ordinal);
    }

    /// <summary>Leads in any order of rows, some of them twice round; dates alone, instants, and equal ones.</summary>
    private async Task<string> WriteAsync(int leads)
    {
        var random = new Random(11);
        var lines = new List<string>();
        for (var i = 0; i < leads; i++)
        {
            var company = random.Next(10) == 0 ? "" : $"C{random.Next(leads / 2)}";
            var at = new DateTime(2025, 1, 1).AddMinutes(random.Next(600 * 1440));
            for (var round = random.Next(3) == 0 ? 2 : 1; round > 0; round--)
            {
                Add("Lead", 1);
                Add("MarketingQualified", random.Next(3));
                switch (random.Next(10))
                {
                    case < 5:
                        Add(random.Next(6) == 0 ? "AcceptedBySilence" : "SalesAccepted", random.Next(20));
                        Add(random.Next(2) == 0 ? "SalesQualified" : "Opportunity", 2 + random.Next(20));
                        Add(random.Next(3) switch { 0 => "Customer", 1 => "Lost", _ => "Recycled" }, random.Next(130));
                        break;
                    case < 8: Add("Rejected", random.Next(20)); break;
                    case 8: Add("Expired", random.Next(20)); break;
                    default: Add("Returned", random.Next(5)); round = 0; break;
                }
            }

            void Add(string stage, int days)
            {
                at = days == 0 ? at : at.AddDays(days).AddMinutes(random.Next(600));
                lines.Add($"L{i},{company},{stage},{(at.TimeOfDay.TotalHours < 1 ? at.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))},{(i % 3 == 0 ? "web" : i % 3 == 1 ? "ads" : "")}");
            }
        }
        var shuffled = lines.ToArray();
        random.Shuffle(shuffled);
        var path = _bench.Directory.File("history.csv");
        await File.WriteAllTextAsync(path, "lead_id,company_id,stage,entered_at,source\n" + string.Join('\n', shuffled) + "\n", Encoding.UTF8);
        return path;
    }

    private static SqliteConnection Load(string path)
    {
        var sql = new SqliteConnection("Data Source=:memory:");
        sql.Open();
        Run("CREATE TABLE events(lead TEXT, company TEXT, rank INT, ms INT, ends INT)");
        using var insert = sql.CreateCommand();
        insert.CommandText = "INSERT INTO events VALUES($l, nullif($c, ''), $r, strftime('%s', $a) * 1000, $r IN (4, 6, 7, 8, 9, 12, 13))";
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var cells = line.Split(',');
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$l", cells[0]);
            insert.Parameters.AddWithValue("$c", cells[1]);
            insert.Parameters.AddWithValue("$r", Array.IndexOf(Stages, cells[2]));
            insert.Parameters.AddWithValue("$a", cells[3]);
            insert.ExecuteNonQuery();
        }
        Run("CREATE INDEX i ON events(lead, ms, rank); " + Episodes);
        return sql;

        void Run(string text)
        {
            using var command = sql.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
    }
}
