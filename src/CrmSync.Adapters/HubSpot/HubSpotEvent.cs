using System.Text;
using System.Text.Json;

namespace CrmSync.Adapters.HubSpot;

/// <summary>The fields of one event that make a hint. A field of the wrong type, or given twice, spoils the event.</summary>
internal struct HubSpotEvent
{
    private int _seen;

    public bool IsBad { get; private set; }
    public string? Type { get; private set; }
    public string? Portal { get; private set; }
    public string? Object { get; private set; }
    public string? ObjectType { get; private set; }
    public string? Event { get; private set; }
    public string? OccurredAt { get; private set; }
    public string? Primary { get; private set; }
    public string? New { get; private set; }
    public List<string>? Merged { get; private set; }
    public string? From { get; private set; }
    public string? To { get; private set; }
    public string? Association { get; private set; }

    /// <summary>From the opening brace to the closing one.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            if (field < 0 || (_seen & (1 << field)) != 0)
            {
                IsBad |= field >= 0;
                reader.Skip();
                continue;
            }
            // HubSpot spells the type in two ways; an event that has both has it twice.
            _seen |= 1 << field;
            Take(field, ref reader);
        }
    }

    private static int FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("subscriptionType"u8) || reader.ValueTextEquals("eventType"u8) ? 0
        : reader.ValueTextEquals("portalId"u8) ? 1
        : reader.ValueTextEquals("objectId"u8) ? 2
        : reader.ValueTextEquals("objectTypeId"u8) ? 3
        : reader.ValueTextEquals("eventId"u8) ? 4
        : reader.ValueTextEquals("occurredAt"u8) ? 5
        : reader.ValueTextEquals("primaryObjectId"u8) ? 6
        : reader.ValueTextEquals("newObjectId"u8) ? 7
        : reader.ValueTextEquals("mergedObjectIds"u8) ? 8
        : reader.ValueTextEquals("fromObjectId"u8) ? 9
        : reader.ValueTextEquals("toObjectId"u8) ? 10
        : reader.ValueTextEquals("associationType"u8) ? 11
        : -1;

    private void Take(int field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case 0: Type = Word(ref reader); break;
            case 1: Portal = Digits(ref reader); break;
            case 2: Object = Digits(ref reader); break;
            case 3: ObjectType = Word(ref reader); break;
            case 4: Event = Digits(ref reader); break;
            case 5: OccurredAt = Digits(ref reader); break;
            case 6: Primary = Digits(ref reader); break;
            case 7: New = Digits(ref reader); break;
            case 8: Merged = Ids(ref reader); break;
            case 9: From = Digits(ref reader); break;
            case 10: To = Digits(ref reader); break;
            case 11: Association = Word(ref reader); break;
        }
    }

    /// <summary>An id as its digits, however it is written; ids may be larger than any number type holds.</summary>
    private string? Digits(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        var span = reader.TokenType is JsonTokenType.Number or JsonTokenType.String ? reader.ValueSpan : [];
        if (span.Length is 0 or > 20 || span.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            reader.Skip();
            IsBad = true;
            return null;
        }
        return Encoding.ASCII.GetString(span);
    }

    /// <summary>One of HubSpot's own words: plain letters, digits and a few signs.</summary>
    private string? Word(ref Utf8JsonReader reader)
    {
        var span = reader.TokenType == JsonTokenType.String ? reader.ValueSpan : [];
        if (span.Length is 0 or > 80 || span.ContainsAnyExceptInRange((byte)'!', (byte)'~') || span.Contains((byte)'\\'))
        {
            reader.Skip();
            IsBad = true;
            return null;
        }
        return Encoding.ASCII.GetString(span);
    }

    private List<string>? Ids(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            IsBad |= reader.TokenType != JsonTokenType.Null;
            reader.Skip();
            return null;
        }
        var ids = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (Digits(ref reader) is { } id)
                ids.Add(id);
        return ids;
    }
}
