using System.CommandLine;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>The file that a command writes instead of standard output.</summary>
internal static class OutputFile
{
    /// <summary>Standard output under the name that other programs have for it.</summary>
    private const string StandardOutput = "-";

    public static Option<string?> Option(string name) =>
        new(name) { Description = "The file to write; without it, or with -, standard output.", HelpName = "FILE" };

    /// <summary>Null: it goes to standard output.</summary>
    public static string? OutputOf(this ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } file and not StandardOutput ? file : null;

    /// <summary>
    /// Whole or not at all: what is written takes the place of a file of that name once it is there. What is empty has nothing to lose and
    /// may be a pipe or a device: it is written straight.
    /// </summary>
    /// <exception cref="IOException">It cannot be written; as <see cref="UnauthorizedAccessException"/>.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        var file = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        if (new FileInfo(file) is { Exists: true, Length: 0 })
        {
            await using var straight = new FileStream(file, FileMode.Open, FileAccess.Write);
            return await write(straight);
        }
        var partial = $"{file}.{Guid.NewGuid():N}.partial";
        try
        {
            T result;
            await using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
                result = await write(stream);
            File.Move(partial, file, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
