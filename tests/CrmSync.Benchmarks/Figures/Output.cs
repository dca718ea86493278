using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Benchmarks.Figures;

/// <summary>Where reports go besides the terminal.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task WriteAsync(IReadOnlyList<BarReport> reports, IReadOnlyList<string> machine, bool json, string? reportFile)
    {
        if (json)
        {
            var document = new JsonObject
            {
                ["machine"] = new JsonArray([.. machine.Select(m => JsonValue.Create(m))]),
                ["reports"] = new JsonArray([.. reports.Select(r => r.ToJson())]),
            };
            Console.WriteLine(document.ToJsonString(Indented));
        }
        if (reportFile is { Length: > 0 })
            await File.WriteAllTextAsync(reportFile, ReportText.Markdown(reports, machine));
    }
}
