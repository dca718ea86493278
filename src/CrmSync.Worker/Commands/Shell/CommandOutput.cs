using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>One JSON document on standard output for scripts, or lines for people.</summary>
internal static class CommandOutput
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Document(this CommandWorld world, object document) => world.Out.WriteLine(JsonSerializer.Serialize(document, Json));

    /// <summary>Tells what is wrong, as far as there is anywhere to write it, and answers the exit code.</summary>
    public static int Fail(this CommandWorld world, CommandFailure failure, bool json)
    {
        try
        {
            world.Tell(failure, json);
        }
        catch (IOException)
        {
            // A full disk or a closed pipe: the exit code is all that is left.
        }
        return (int)failure.Exit;
    }

    private static void Tell(this CommandWorld world, CommandFailure failure, bool json)
    {
        if (json)
        {
            world.Document(new { error = new { code = failure.Code, problems = failure.Problems } });
        }
        else
        {
            foreach (var problem in failure.Problems)
            {
                var at = problem.Setting.Length > 0 ? $"{problem.Setting}: " : "";
                world.Error.WriteLine($"{at}{problem.Problem}");
                if (problem.Repair.Length > 0)
                    world.Error.WriteLine($"  repair: {problem.Repair}");
            }
        }
    }
}
