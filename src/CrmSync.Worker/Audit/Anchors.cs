using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Worker.Audit;

/// <summary>The head of the chain as it was at an instant. Kept elsewhere, it shows a tail that was cut or rewritten.</summary>
internal sealed record Anchor(string At, long Sequence, string Hash);

/// <summary>The file of anchors: one JSON object <c>{at, sequence, hash}</c> a line, only ever appended to.</summary>
internal static class Anchors
{
    public const string FileName = "anchors.jsonl";

    /// <summary>Appends an anchor; on the disk when this returns.</summary>
    public static async Task AppendAsync(string path, DateTimeOffset at, long sequence, string hash, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.Serialize(new Anchor(InstantText.Of(at), sequence, hash), AnchorJson.Default.Anchor) + "\n";
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        CutOffHalfALine(file);
        await file.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The anchors of a file; empty when there is none.</summary>
    /// <exception cref="InvalidDataException">A line is no anchor.</exception>
    public static async Task<IReadOnlyList<Anchor>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return [];
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        // A line without its end was being written when the process died; it never counted.
        var complete = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. complete.Select((line, index) => Parse(line, path, index + 1))];
    }

    /// <summary>The anchors of a file that somebody kept as a proof: one that holds none proves nothing.</summary>
    /// <exception cref="InvalidDataException">A line is no anchor, or there is none.</exception>
    public static async Task<IReadOnlyList<Anchor>> ReadKeptAsync(string path, CancellationToken cancellationToken)
    {
        var lines = (await File.ReadAllTextAsync(path, cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? throw new InvalidDataException($"{path} holds no anchor.") : [.. lines.Select((line, index) => Parse(line, path, index + 1))];
    }

    // What a kill left unfinished; behind it the new line would be lost as well.
    private static void CutOffHalfALine(FileStream file)
    {
        for (var end = file.Length; end >= 0; end--)
        {
            file.Position = Math.Max(end - 1, 0);
            if (end > 0 && file.ReadByte() != '\n') continue;
            file.SetLength(end);
            file.Position = end;
            return;
        }
    }

    private static Anchor Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AnchorJson.Default.Anchor) is { Hash: not null, At: not null, Sequence: >= 0 } anchor
                ? anchor
                : throw new InvalidDataException($"{path} line {number} is no anchor.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} line {number} is no anchor.", e);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Anchor))]
internal sealed partial class AnchorJson : JsonSerializerContext;
