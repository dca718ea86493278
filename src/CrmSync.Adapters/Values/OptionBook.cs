using System.Globalization;

namespace CrmSync.Adapters.Values;

/// <summary>One connection's vendor switches, from <see cref="CrmMapping.Options"/>, by the names that the vendor's folder knows.</summary>
/// <param name="numbers">Those of the names that are numbers and do not end like one.</param>
internal sealed class OptionBook(CrmConnection connection, IReadOnlyList<string> names, params string[] numbers)
{
    private static readonly string[] NumericEndings = ["PerDay", "Second", "Seconds", "Minutes", "Size"];
    private readonly Dictionary<string, string> _values = new(connection.Mapping.Options, StringComparer.OrdinalIgnoreCase);

    public string? Text(string name) => _values.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 1_000_000_000 ? n : null;

    public bool Flag(string name) => Text(name) is { } text && bool.TryParse(text, out var flag) && flag;

    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Unknown names, and numbers that are none.</summary>
    public IEnumerable<CrmProblem> Problems()
    {
        foreach (var name in _values.Keys.Where(n => !names.Contains(n, StringComparer.OrdinalIgnoreCase)))
            yield return Invalid($"Mapping:Options:{name}", "There is no such option.", $"Did you mean {Nearest(name)}? Known: {string.Join(", ", names)}.");
        foreach (var name in _values.Keys.Where(n => IsNumeric(n) && Number(n) is null))
            yield return Invalid($"Mapping:Options:{name}", "It must be a whole number from 1 to 1,000,000,000.", "Write digits only, or leave it out.");
    }

    /// <summary>Words of a list that the vendor's folder does not know.</summary>
    public IEnumerable<CrmProblem> Strangers(string name, IReadOnlyList<string> known) => List(name).Except(known, StringComparer.OrdinalIgnoreCase)
        .Select(word => Invalid($"Mapping:Options:{name}", $"There is nothing called '{word}'.", $"Write some of: {string.Join(", ", known)}; or leave it out."));

    /// <summary>A setting that makes the connection unusable.</summary>
    public CrmProblem Invalid(string setting, string problem, string repair) =>
        new("setting-invalid", ProblemReach.Everything, $"Connections:{connection.Name}:{setting}", problem, repair);

    private bool IsNumeric(string name) => numbers.Contains(name, StringComparer.OrdinalIgnoreCase) || NumericEndings.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private string Nearest(string name) =>
        names.MaxBy(n => n.ToLowerInvariant().Intersect(name.ToLowerInvariant()).Count() - Math.Abs(n.Length - name.Length))!;
}
