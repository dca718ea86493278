using System.Buffers;
using System.Text;
using System.Text.Json;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Sync;

/// <summary>Facts as canonical JSON: equal facts give equal bytes.</summary>
internal static class FactJson
{
    /// <summary>Dividing by it takes the zeros off a number's end: 5.0 and 5 are the same fact.</summary>
    private const decimal ScaleOff = 1.0000000000000000000000000000m;

    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <param name="actsFrom">Acts before it are left out.</param>
    public static void Value(Utf8JsonWriter writer, FactValue value, DateTimeOffset actsFrom)
    {
        if (!value.IsKnown)
        {
            writer.WriteNullValue();
            return;
        }
        switch (value.Type)
        {
            case FactType.Text: writer.WriteStringValue(value.Text); break;
            case FactType.Number: writer.WriteNumberValue(value.Number / ScaleOff); break;
            case FactType.Flag: writer.WriteBooleanValue(value.Flag); break;
            case FactType.Instant: writer.WriteStringValue(InstantText.Of(value.Instant)); break;
            case FactType.Bant: writer.WriteStringValue(Lower(value.Bant.ToString())); break;
            case FactType.Choices: JsonSerializer.Serialize(writer, value.Choices); break;
            default: Acts(writer, value.Engagement, actsFrom); break;
        }
    }

    private static void Acts(Utf8JsonWriter writer, Engagement engagement, DateTimeOffset from)
    {
        writer.WriteStartObject();
        if (engagement.CompleteSince is { } since)
            writer.WriteString("completeSince", since == DateTimeOffset.MinValue ? "always" : InstantText.Of(since));
        if (engagement.LastAt is { } last)
            writer.WriteString("lastAt", InstantText.Of(last));
        // Where acts may be missing, the counter can tell that none is.
        if (engagement.Total is { } total && engagement.CompleteSince != DateTimeOffset.MinValue)
            writer.WriteNumber("total", total);
        writer.WriteStartArray("acts");
        foreach (var act in engagement.Acts.Where(a => a.At >= from))
        {
            writer.WriteStartObject();
            writer.WriteString("at", InstantText.Of(act.At));
            writer.WriteNumber("count", act.Count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A name as JSON has it: <c>NotMet</c> is <c>notMet</c>.</summary>
    public static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
