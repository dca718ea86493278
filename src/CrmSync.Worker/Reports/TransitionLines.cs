using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports;

/// <summary>Transitions as lines of a file, with the columns and names of the view.</summary>
internal static class TransitionLines
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>What a spreadsheet takes for the beginning of a formula; a tab and a carriage return hide one.</summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r");

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static string Header { get; } =
        "sequence,transition_id,connection,lead_id,lead_key,episode,from_stage,to_stage,handover_state,decided_at,applied_at,actor,rule_set_hash,outcome\r\n";

    public static string Json(TransitionRow row) => JsonSerializer.Serialize(row, Snake) + "\n";

    public static string Csv(TransitionRow row)
    {
        var line = new StringBuilder(256).Append(row.Sequence.ToString(CultureInfo.InvariantCulture));
        foreach (var cell in new[]
        {
            row.TransitionId, row.Connection, row.LeadId, row.LeadKey, row.Episode?.ToString(CultureInfo.InvariantCulture), row.FromStage, row.ToStage,
            row.HandoverState, row.DecidedAt, row.AppliedAt, row.Actor, row.RuleSetHash, row.Outcome,
        })
            line.Append(',').Append(Cell(cell ?? ""));
        return line.Append("\r\n").ToString();
    }

    /// <summary>A cell after RFC 4180 that no spreadsheet computes: what would begin a formula gets an apostrophe before it.</summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && FormulaStarts.Contains(text[0]) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Quoted) || safe != text ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
