using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Reads what a call is about: which record of which kind. An event of a kind that is not watched is passed over.</summary>
internal sealed class PipedriveEvents(string? companyId, PipedriveShelf shelf)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };
    private static readonly WebhookReading Bad = new(WebhookVerdict.Authentic, [], 0, 1);
    private static readonly WebhookReading Ignored = new(WebhookVerdict.Authentic, [], 1, 0);

    private static readonly Dictionary<string, string> Streams = new()
    {
        ["lead"] = PipedriveStreams.Leads,
        ["deal"] = PipedriveStreams.Deals,
        ["person"] = PipedriveStreams.Persons,
        ["organization"] = PipedriveStreams.Organizations,
        ["activity"] = PipedriveStreams.Activities,
    };

    public WebhookReading Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("meta", out var meta) || meta.ValueKind != JsonValueKind.Object)
                return WebhookReading.Malformed;
            return Read(root, meta);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return WebhookReading.Malformed;
        }
    }

    private WebhookReading Read(JsonElement root, JsonElement meta)
    {
        if (Text(meta, "entity") is not { } entity || Text(meta, "entity_id") is not { } id || Text(meta, "id") is not { } delivery)
            return Bad;
        if (!Streams.TryGetValue(entity, out var stream))
            return Ignored;
        if (companyId is not null && Text(meta, "company_id") != companyId)
            return Bad;
        if (stream == PipedriveStreams.Leads ? !PipedriveStreams.IsLead(id) : !PipedriveStreams.IsDeal(id))
            return Bad;
        var key = $"event:{Text(meta, "webhook_id")}:{delivery}";
        shelf.Drop(id);
        if (stream == PipedriveStreams.Leads && Text(meta, "action") == "change" && OfData(root, "update_time") is { } stamp)
        {
            // Stamps of leads have milliseconds: what a poll finds later is the same delivery.
            return shelf.IsOurs(id, stamp) ? Ignored : new(WebhookVerdict.Authentic, [new(stream, id, $"{stream}:{id}@{stamp}")], 0, 0);
        }
        if (stream != PipedriveStreams.Activities)
            return new(WebhookVerdict.Authentic, [new(stream, id, key)], 0, 0);
        if (IsEcho(root, meta))
            return Ignored;
        // An activity names its lead itself, which saves asking for it.
        var lead = OfData(root, "lead_id");
        shelf.DropActs(lead);
        shelf.DropActs(OfData(root, "deal_id"));
        return new(WebhookVerdict.Authentic, [lead is not null && PipedriveStreams.IsLead(lead) ? new(PipedriveStreams.Leads, lead, key) : new(stream, id, key)], 0, 0);
    }

    /// <summary>A task of ours, as we have just made it: nobody else writes its key over the API.</summary>
    private static bool IsEcho(JsonElement root, JsonElement meta) =>
        Text(meta, "change_source") == "api" && Text(meta, "action") == "create" && OfData(root, PipedriveActivityFields.Body)?.Contains("[task/", StringComparison.Ordinal) == true;

    private static string? OfData(JsonElement root, string name)
    {
        foreach (var part in (ReadOnlySpan<string>)["data", "previous"])
            if (root.TryGetProperty(part, out var state) && state.ValueKind == JsonValueKind.Object && Text(state, name) is { } text)
                return text;
        return null;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? CrmJson.Text(value) : null;
}
