using System.Text.Json;

namespace CrmSync.Adapters.Http;

/// <summary>
/// One string for each name that answers repeat: a page has the same few dozen names a hundred times. A fixed number of
/// places, the latest name in each, so that no answer can make it grow. Any thread may ask.
/// </summary>
internal sealed class NameTable
{
    private const int Places = 1024;
    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The name at which the reader stands.</summary>
    public string Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped)
            return SafeText.Read(ref reader);
        var bytes = reader.ValueSpan;
        ref var place = ref _entries[PlaceOf(bytes)];
        if (place is { } entry && bytes.SequenceEqual(entry.Bytes))
            return entry.Name;
        var name = SafeText.Read(ref reader);
        place = new(bytes.ToArray(), name);
        return name;
    }

    // FNV-1a.
    private static int PlaceOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes)
            hash = (hash ^ b) * 16777619u;
        return (int)((hash ^ (hash >> 16)) % Places);
    }

    private sealed record Entry(byte[] Bytes, string Name);
}
