using System.Text.Json;

namespace CrmSync.Chaos.Checker.History;

/// <summary>Reads what the CRM's control port tells: <c>GET /log</c> and <c>GET /state</c>.</summary>
public static class LogReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = false };

    /// <summary>JSON lines, one an entry, from the first on.</summary>
    public static IReadOnlyList<LogLine> Log(IEnumerable<string> lines, CrmDialect? dialect = null)
    {
        var translation = new Translation(dialect ?? CrmDialect.HubSpot);
        return [.. lines.Where(l => l.Length > 0).Select(l => translation.Of(JsonSerializer.Deserialize<LogLine>(l, Json)!))];
    }

    /// <summary>The document of a CRM's state.</summary>
    public static IReadOnlyList<CrmLead> State(string json, CrmDialect? dialect = null) =>
        [.. JsonSerializer.Deserialize<StateDocument>(json, Json)!.Leads.Select(lead => lead with { Fields = Told(lead.Fields, dialect ?? CrmDialect.HubSpot) })];

    private static Dictionary<string, string> Told(IReadOnlyDictionary<string, string> fields, CrmDialect dialect) =>
        fields.ToDictionary(field => dialect.FieldOf(field.Key), field => field.Value);

    private sealed record StateDocument(IReadOnlyList<CrmLead> Leads);
}
