using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>Sets some of a dialect's switches by name.</summary>
internal static class SwitchJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The switches with these values in place of their own.</summary>
    /// <exception cref="SandboxRequestException">A name that is no switch, or a value of the wrong kind.</exception>
    public static T Merge<T>(T switches, JsonObject values)
    {
        var merged = JsonSerializer.SerializeToNode(switches, Options)!.AsObject();
        foreach (var (name, value) in values)
        {
            if (!merged.ContainsKey(name))
            {
                throw new SandboxRequestException($"Unknown switch '{name}'. Known: {string.Join(", ", merged.Select(pair => pair.Key))}.");
            }

            merged[name] = value?.DeepClone();
        }

        try
        {
            return merged.Deserialize<T>(Options)!;
        }
        catch (JsonException error)
        {
            throw new SandboxRequestException("A switch has a value of the wrong kind: " + error.Message, error);
        }
    }
}
