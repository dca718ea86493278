using System.Globalization;
using System.Text;

namespace CrmSync.Worker.Telemetry;

/// <summary>Writes the text form that Prometheus reads. Labels are names of connections, stages and kinds: never of people or leads.</summary>
internal sealed class MetricText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private readonly StringBuilder _text = new();

    public MetricText Gauge(string name, string help) => Family(name, help, "gauge");

    public MetricText Counter(string name, string help) => Family(name, help, "counter");

    /// <summary>One value of the family begun last.</summary>
    public MetricText Sample(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
        for (var i = 0; i < labels.Length; i++)
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escaped(labels[i].Value)).Append('"');
        _text.Append(labels.Length > 0 ? "} " : " ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    public void Histogram(string name, string help, params ReadOnlySpan<(Durations Durations, string Label, string Value)> series)
    {
        Family(name, help, "histogram");
        foreach (var (durations, label, value) in series)
        {
            var (buckets, count, sum) = durations.Read();
            foreach (var (limit, sofar) in buckets)
                Sample($"{name}_bucket", sofar, [.. Own(label, value), ("le", limit.ToString("R", CultureInfo.InvariantCulture))]);
            Sample($"{name}_bucket", count, [.. Own(label, value), ("le", "+Inf")]);
            Sample($"{name}_sum", sum, Own(label, value));
            Sample($"{name}_count", count, Own(label, value));
        }
    }

    /// <summary>An instant as a number.</summary>
    public static double Seconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1000.0;

    public override string ToString() => _text.ToString();

    private static (string, string)[] Own(string label, string value) => label.Length == 0 ? [] : [(label, value)];

    private static string Escaped(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private MetricText Family(string name, string help, string type)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n').Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }
}
