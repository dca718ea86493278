using System.Text.Json;

namespace CrmSync.Chaos.Checker.History;

/// <summary>Reads what the CRM's control port tells: <c>GET /log</c> and <c>GET /state</c>.</summary>
public static class LogReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = false };

    /// <summary>JSON lines, one an entry.</summary>
    public static IReadOnlyList<LogLine> Log(IEnumerable<string> lines) => [.. lines.Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<LogLine>(l, Json)!)];

    /// <summary>The document of a CRM's state.</summary>
    public static IReadOnlyList<CrmLead> State(string json) => JsonSerializer.Deserialize<StateDocument>(json, Json)!.Leads;

    private sealed record StateDocument(IReadOnlyList<CrmLead> Leads);
}
