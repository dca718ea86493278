using System.Text.Json.Nodes;

namespace CrmSync.Benchmarks.Figures;

/// <summary>A figure against its bar. It is printed and never asserted: a shared machine has bad minutes.</summary>
internal sealed record BarLine(string What, Spread Measured, string Format, string Bar, bool Holds)
{
    public static BarLine AtLeast(string what, Spread measured, double bar, string format = "0.00") =>
        new(what, measured, format, $">= {bar}", measured.Median >= bar);

    public static BarLine AtMost(string what, Spread measured, double bar, string format = "0.00") =>
        new(what, measured, format, $"<= {bar}", measured.Median <= bar);
}

/// <summary>What one measurement found.</summary>
internal sealed record BarReport(string Name, string Title)
{
    public List<BarLine> Lines { get; } = [];
    public List<Table> Tables { get; } = [];

    /// <summary>What a reader must know to trust the figures: n, seconds, noise, what was left out.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Each round as measured.</summary>
    public JsonArray Rounds { get; } = [];

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["title"] = Title,
        ["bars"] = new JsonArray([.. Lines.Select(l => new JsonObject
        {
            ["what"] = l.What, ["min"] = l.Measured.Min, ["median"] = l.Measured.Median, ["max"] = l.Measured.Max, ["bar"] = l.Bar, ["holds"] = l.Holds,
        })]),
        ["notes"] = new JsonArray([.. Notes.Select(n => JsonValue.Create(n))]),
        ["rounds"] = Rounds.DeepClone(),
    };
}
