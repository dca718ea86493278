using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Benchmarks.Figures;

namespace CrmSync.Benchmarks.Bars;

/// <summary>What the sandbox's org saw of a drain, by what each call was for.</summary>
internal sealed partial class CallLog(IAsyncEnumerable<JsonNode> entries)
{
    private readonly List<Call> _calls = [];

    /// <summary>Calls that find, read, guard, write, look afterwards or make a task.</summary>
    public int Draining => _calls.Count(c => c.IsDraining);
    public int Limited => _calls.Count(c => c.Status is 403 or 429 or 503);
    public double Seconds => Writes.Count == 0 ? 0 : (Writes[^1].At - _calls[0].At).TotalSeconds;
    private List<Call> Writes => [.. _calls.Where(c => c.Kind.StartsWith("PATCH", StringComparison.Ordinal))];

    public async Task ReadAsync()
    {
        await foreach (var entry in entries)
        {
            if ((string?)entry["kind"] != "request")
                continue;
            var kind = KindOf((string)entry["method"]!, (string)entry["path"]!);
            _calls.Add(new((DateTimeOffset)entry["at"]!, kind, (int?)entry["status"] ?? 0, IsForDraining(kind)));
        }
    }

    public Table Kinds()
    {
        var table = new Table("calls", "n");
        foreach (var kind in _calls.GroupBy(c => c.Kind).OrderByDescending(g => g.Count()))
            table.Add(kind.Key, kind.Count().ToString("N0", CultureInfo.InvariantCulture));
        return table;
    }

    private static bool IsForDraining(string kind) =>
        kind is "POST composite" or "PATCH composite/sobjects" or "GET queryAll" || kind.StartsWith("PATCH composite/sobjects/Task", StringComparison.Ordinal);

    /// <summary>Without the version; the log keeps no queries.</summary>
    private static string KindOf(string method, string path)
    {
        var parts = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(p => p is "services" or "data").Where(p => !Version().IsMatch(p));
        return $"{method} {string.Join('/', parts)}";
    }

    [GeneratedRegex(@"^v\d+\.0$")]
    private static partial Regex Version();

    private sealed record Call(DateTimeOffset At, string Kind, int Status, bool IsDraining);
}
