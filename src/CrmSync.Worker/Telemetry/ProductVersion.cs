using System.Reflection;

namespace CrmSync.Worker.Telemetry;

/// <summary>What this build calls itself.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
