using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Benchmarks.Figures;

namespace CrmSync.Benchmarks.Bars;

/// <summary>What the sandbox saw of a drain: the limits are its, so its log is the judge.</summary>
internal sealed class BacklogLog(IAsyncEnumerable<JsonNode> entries)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly List<Call> _calls = [];

    public int Requests => _calls.Count;
    public int Refused => _calls.Count(c => c.Status == 429);
    public double Seconds => (LastWrite - First).TotalSeconds;

    /// <summary>Of the requests that the ten-second limit counts.</summary>
    public int MostInTenSeconds
    {
        get
        {
            var counted = Counted.Select(c => c.At).ToList();
            var (most, from) = (0, 0);
            for (var to = 0; to < counted.Count; to++)
            {
                while (counted[to] - counted[from] >= Window)
                    from++;
                most = Math.Max(most, to - from + 1);
            }
            return most;
        }
    }

    private DateTimeOffset First => _calls[0].At;
    private DateTimeOffset LastWrite => _calls.Last(c => c.Kind.EndsWith("batch/update", StringComparison.Ordinal)).At;
    private IEnumerable<Call> Counted => _calls.Where(c => !c.Kind.EndsWith("/search", StringComparison.Ordinal));

    public async Task ReadAsync()
    {
        await foreach (var entry in entries)
        {
            if ((string?)entry["kind"] == "request")
                _calls.Add(new((DateTimeOffset)entry["at"]!, KindOf((string)entry["method"]!, (string)entry["path"]!), (int?)entry["status"] ?? 0));
        }
    }

    /// <summary>Requests after the first full window, and how long that was.</summary>
    public (int Requests, double Seconds) SteadyUse()
    {
        var (from, to) = (First + Window, LastWrite);
        return (Counted.Count(c => c.At >= from && c.At <= to), Math.Max(1, (to - from).TotalSeconds));
    }

    public Table Kinds()
    {
        var table = new Table("requests", "n");
        foreach (var kind in _calls.GroupBy(c => c.Kind).OrderByDescending(g => g.Count()))
            table.Add(kind.Key, kind.Count().ToString("N0", CultureInfo.InvariantCulture));
        return table;
    }

    /// <summary>Without the version, and without ids.</summary>
    private static string KindOf(string method, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => !char.IsAsciiDigit(p[0]) && p != "crm");
        return $"{method} {string.Join('/', parts)}";
    }

    private sealed record Call(DateTimeOffset At, string Kind, int Status);
}
