using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Benchmarks.Processes;

/// <summary>The other end of a <see cref="Child"/>: speaks JSON lines and ends when its input does.</summary>
internal static class RoleHost
{
    public static void Say(JsonObject line)
    {
        Console.Out.WriteLine(line.ToJsonString(JsonSerializerOptions.Default));
        Console.Out.Flush();
    }

    /// <summary>Completes when whoever started this process closed its input or is no more.</summary>
    public static async Task UntilEndAsync()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[64];
        while (await input.ReadAsync(buffer) > 0)
        {
        }
    }
}
