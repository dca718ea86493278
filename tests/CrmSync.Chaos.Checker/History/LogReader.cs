using System.Text.Json;

namespace CrmSync.Chaos.Checker.History;

/// <summary>Reads what the CRM's control port tells: <c>GET /log</c> and <c>GET /state</c>.</summary>
public static class LogReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = false };

    /// <summary>JSON lines, one an entry, from the first on.</summary>
    public static IReadOnlyList<LogLine> Log(IEnumerable<string> lines, Translation translation) =>
        [.. lines.Where(l => l.Length > 0).Select(l => translation.Of(JsonSerializer.Deserialize<LogLine>(l, Json)!))];

    /// <summary>The document of a CRM's state.</summary>
    public static IReadOnlyList<CrmLead> State(string json, CrmDialect dialect) => [.. JsonSerializer.Deserialize<StateDocument>(json, Json)!.Leads.Select(lead => lead with
    {
        Id = dialect.Becomes is { NamesFormer: true, By: var former } ? lead.Fields.GetValueOrDefault(former, lead.Id) : lead.Id,
        Fields = Told(lead.Fields, dialect),
    })];

    private static Dictionary<string, string> Told(IReadOnlyDictionary<string, string> fields, CrmDialect dialect) =>
        fields.ToDictionary(field => dialect.FieldOf(field.Key), field => dialect.ValueOf(dialect.FieldOf(field.Key), field.Value)!);

    private sealed record StateDocument(IReadOnlyList<CrmLead> Leads);
}
