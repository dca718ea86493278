using System.Collections;

namespace CrmSync.Worker.Telemetry;

/// <summary>Whether the standard variables of OpenTelemetry name a collector.</summary>
internal static class Otlp
{
    /// <param name="signal"><c>TRACES</c>, which may have an endpoint of their own; null: only the one for all.</param>
    public static bool IsNamed(string? signal) => IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || (signal is not null && IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));

    /// <summary>The variables as settings, which is where the library looks for them.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
        .Where(variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal));

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
