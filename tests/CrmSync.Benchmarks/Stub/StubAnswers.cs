using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace CrmSync.Benchmarks.Stub;

/// <summary>HubSpot's answers, as far as the pipeline asks: batch read, batch update, links, list.</summary>
internal sealed class StubAnswers(StubContacts contacts)
{
    private readonly ConcurrentDictionary<string, long> _activities = new();
    private long _lastActivity = 500_000;

    public void BatchRead(string type, JsonElement body, Utf8JsonWriter answer)
    {
        var properties = Texts(body, "properties");
        var history = Texts(body, "propertiesWithHistory");
        Batch(answer, body.GetProperty("inputs").EnumerateArray(), input =>
        {
            if (contacts.Find(type, IdOf(input)) is { } record)
                Record(answer, record, properties, history);
        });
    }

    public void BatchUpdate(JsonElement body, Utf8JsonWriter answer) => Batch(answer, body.GetProperty("inputs").EnumerateArray(), input =>
    {
        if (contacts.Find("contacts", IdOf(input)) is not { } record)
            return;
        var written = input.GetProperty("properties").EnumerateObject().ToList();
        lock (record)
            written.ForEach(p => contacts.Write(record, p.Name, p.Value.GetString() ?? ""));
        Record(answer, record, [.. written.Select(p => p.Name), "createdate", "hs_object_id", "lastmodifieddate"], []);
    });

    /// <summary>Tasks and notes by their keys: the same key is the same record.</summary>
    public void Upsert(JsonElement body, Utf8JsonWriter answer) => Batch(answer, body.GetProperty("inputs").EnumerateArray(), input =>
    {
        var key = input.GetProperty("id").GetString()!;
        answer.WriteStartObject();
        answer.WriteString("id", _activities.GetOrAdd(key, _ => Interlocked.Increment(ref _lastActivity)).ToString(CultureInfo.InvariantCulture));
        answer.WriteStartObject("properties");
        foreach (var property in input.GetProperty("properties").EnumerateObject())
            property.WriteTo(answer);
        answer.WriteEndObject();
        answer.WriteString("objectWriteTraceId", key);
        answer.WriteString("createdAt", StubContacts.Now);
        answer.WriteString("updatedAt", StubContacts.Now);
        answer.WriteBoolean("archived", false);
        answer.WriteEndObject();
    });

    /// <summary>Each contact has one company; nothing else hangs on anything.</summary>
    public static void Links(string to, JsonElement body, Utf8JsonWriter answer) => Batch(answer, body.GetProperty("inputs").EnumerateArray(), input =>
    {
        if (to != "companies")
            return;
        answer.WriteStartObject();
        answer.WriteStartObject("from");
        answer.WriteString("id", input.GetProperty("id").GetString());
        answer.WriteEndObject();
        answer.WriteStartArray("to");
        answer.WriteStartObject();
        answer.WriteNumber("toObjectId", StubContacts.CompanyOf(IdOf(input)));
        answer.WriteStartArray("associationTypes");
        answer.WriteStartObject();
        answer.WriteString("category", "HUBSPOT_DEFINED");
        answer.WriteNumber("typeId", 1);
        answer.WriteString("label", "Primary");
        answer.WriteEndObject();
        answer.WriteEndArray();
        answer.WriteEndObject();
        answer.WriteEndArray();
        answer.WriteEndObject();
    });

    public void List(string type, int limit, long after, bool archived, string[] properties, Utf8JsonWriter answer)
    {
        var count = type == "contacts" && !archived ? contacts.Count : 0;
        answer.WriteStartObject();
        answer.WriteStartArray("results");
        var next = Math.Max(after, StubContacts.FirstId - 1) + 1;
        var end = Math.Min(next + limit, StubContacts.FirstId + count);
        for (var id = next; id < end; id++)
            Record(answer, contacts.Find(type, id)!, properties, []);
        answer.WriteEndArray();
        if (end < StubContacts.FirstId + count)
        {
            answer.WriteStartObject("paging");
            answer.WriteStartObject("next");
            answer.WriteString("after", (end - 1).ToString(CultureInfo.InvariantCulture));
            answer.WriteEndObject();
            answer.WriteEndObject();
        }
        answer.WriteEndObject();
    }

    private static void Batch(Utf8JsonWriter answer, IEnumerable<JsonElement> inputs, Action<JsonElement> one)
    {
        answer.WriteStartObject();
        answer.WriteString("status", "COMPLETE");
        answer.WriteStartArray("results");
        foreach (var input in inputs)
            one(input);
        answer.WriteEndArray();
        answer.WriteString("startedAt", StubContacts.Now);
        answer.WriteString("completedAt", StubContacts.Now);
        answer.WriteEndObject();
    }

    private static void Record(Utf8JsonWriter answer, StubRecord record, string[] properties, string[] history)
    {
        lock (record)
        {
            answer.WriteStartObject();
            answer.WriteString("id", record.Id.ToString(CultureInfo.InvariantCulture));
            answer.WriteStartObject("properties");
            foreach (var property in properties.Where(StubSchema.Has))
                answer.WriteString(property, record[property]);
            answer.WriteEndObject();
            if (history.Length > 0)
                History(answer, record, history);
            answer.WriteString("createdAt", record["createdate"]);
            answer.WriteString("updatedAt", record["lastmodifieddate"] ?? record["createdate"]);
            answer.WriteBoolean("archived", false);
            answer.WriteEndObject();
        }
    }

    private static void History(Utf8JsonWriter answer, StubRecord record, string[] properties)
    {
        answer.WriteStartObject("propertiesWithHistory");
        foreach (var property in properties)
        {
            answer.WriteStartArray(property);
            foreach (var (value, at) in record.HistoryOf(property))
            {
                answer.WriteStartObject();
                answer.WriteString("value", value);
                answer.WriteString("timestamp", at);
                answer.WriteString("sourceType", "INTEGRATION");
                answer.WriteString("sourceId", "1160452");
                answer.WriteEndObject();
            }
            answer.WriteEndArray();
        }
        answer.WriteEndObject();
    }

    private static string[] Texts(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(p => p.GetString()!)] : [];

    private static long IdOf(JsonElement input) => long.Parse(input.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);
}
