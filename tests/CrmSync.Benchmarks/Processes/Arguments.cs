using System.Globalization;

namespace CrmSync.Benchmarks.Processes;

/// <summary>A command line of <c>--name value</c> pairs and lone <c>--switches</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    public Arguments(IEnumerable<string> words)
    {
        string? name = null;
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
                _values[name = word[2..]] = "";
            else if (name is not null && _values[name].Length == 0)
                _values[name] = word;
            else
                throw new FormatException($"'{word}' belongs to no option.");
        }
    }

    public IEnumerable<string> Names => _values.Keys;

    public bool Has(string name) => _values.ContainsKey(name);

    public string Text(string name) => Find(name) ?? throw new FormatException($"--{name} is missing.");

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public int Number(string name, int otherwise) =>
        Find(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public long Long(string name, long otherwise) =>
        Find(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public double Real(string name, double otherwise) =>
        Find(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
