using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace CrmSync.Benchmarks.Product;

/// <summary>The runtime settings that the container image carries, so that what is measured is what ships.</summary>
internal static partial class ImageSettings
{
    public static IEnumerable<KeyValuePair<string, string>> Heap() => Setting().Matches(File.ReadAllText(Path.Combine(Root(), "Dockerfile")))
        .Select(m => KeyValuePair.Create(m.Groups["name"].Value, m.Groups["value"].Value));

    /// <summary>The folder of the whole project.</summary>
    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"(?<name>DOTNET_GC\w+|MALLOC_\w+)=(?<value>\S+)")]
    private static partial Regex Setting();
}
