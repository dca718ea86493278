using System.Globalization;
using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Reads what a call is about: which record of which kind. An event of a kind that is not watched is passed over.</summary>
internal sealed class PipedriveEvents(string? companyId, PipedriveShelf shelf)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The last that an instant can be made of.</summary>
    private const long MostSeconds = 253_402_300_799;
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

    /// <param name="now">When the event came.</param>
    public WebhookReading Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("meta", out var meta) || meta.ValueKind != JsonValueKind.Object)
                return WebhookReading.Malformed;
            return Read(root, meta, now);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return WebhookReading.Malformed;
        }
    }

    private WebhookReading Read(JsonElement root, JsonElement meta, DateTimeOffset now)
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
        shelf.Ears.Heard();
        var stamp = OfData(root, "update_time");
        var isOver = IsOver(stamp, meta, now);
        shelf.Rows.Drop(id, stream == PipedriveStreams.Leads ? stamp : null);
        if (stream == PipedriveStreams.Leads && Text(meta, "action") == "change" && stamp is not null)
        {
            // Stamps of leads have milliseconds: what a poll finds later is the same delivery.
            var reading = shelf.IsOurs(id, stamp) ? Ignored : new(WebhookVerdict.Authentic, [new(stream, id, $"{stream}:{id}@{stamp}")], 0, 0);
            if (shelf.Book is { } book)
                return PipedriveTold.Read(root, Text(meta, "change_source") == "app", Text(meta, "user_id"), id, book, shelf.Edits) is { } told ? reading with { Writes = [told] } : reading;
            // The last thing that we did before a restart may have taken the place of an edit, and tells so only to who knows the fields. What
            // came later is not ours: nobody writes before the fields are known.
            return IsByUs(meta) && PipedriveStreams.Instant(stamp) is { } done && done <= shelf.Since ? WebhookReading.NotYet : reading;
        }
        if (stream == PipedriveStreams.Activities)
        {
            if (IsEcho(root, meta, id, stamp))
                return Ignored;
            string[] leads = [.. Named(root, "lead_id").Where(PipedriveStreams.IsLead)], deals = [.. Named(root, "deal_id")];
            shelf.Told(id, leads, deals);
            // Leads that it names wait under their own ids: what is only kept in memory is gone with the process.
            if (leads.Length > 0)
                return new(WebhookVerdict.Authentic, [.. OfLeads(leads, key, deals.Length > 0), .. OfActivity(id, leads[0], key, deals.Length > 0, isOver ? stamp : null)], 0, 0);
        }
        return new(WebhookVerdict.Authentic, isOver ? [new(stream, id, key), new(stream, id, $"{stream}:{id}@{stamp}")] : [new(stream, id, key)], 0, 0)
        {
            Merges = stream == PipedriveStreams.Deals ? Merges(meta, id) : [],
        };
    }

    /// <summary>Told with the deletion of the one and with the change of the other, and nowhere else: no field of a deal says later where it went.</summary>
    private static ToldMerge[] Merges(JsonElement meta, string id) =>
        Text(meta, "merged_to_id") is { } into && PipedriveStreams.IsDeal(into) && into != id ? [new(id, into)]
        : Text(meta, "merged_from_id") is { } from && PipedriveStreams.IsDeal(from) && from != id ? [new(from, id)]
        : [];

    /// <summary>
    /// Stamps of other kinds are of a whole second. Once it is over, whoever looks sees all that happened in it: then a poll that finds the
    /// stamp later brings no news, and the event goes under its name as well. The stamp is by Pipedrive's clock, and so is the instant at
    /// which the event was made; ours stands in where that is too early to tell, as far as the dates of answers show that it may.
    /// </summary>
    private bool IsOver(string? stamp, JsonElement meta, DateTimeOffset now) => PipedriveStreams.Instant(stamp) is { } second
        && (MadeAt(meta) >= second + Second || shelf.Clock.Slower(now) >= second + Second + ServerClock.Blur);

    /// <summary>A text, or a number of seconds.</summary>
    private static DateTimeOffset? MadeAt(JsonElement meta) => Text(meta, "timestamp") is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MostSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : PipedriveStreams.Instant(text);

    /// <summary>Over the API by the user who made the webhook, which is ours.</summary>
    private static bool IsByUs(JsonElement meta) => Text(meta, "change_source") == "api" && Text(meta, "user_id") is { } user && user == Text(meta, "webhook_owner_id");

    /// <summary>A task of ours as we have just made or changed it: nobody else writes its key over the API.</summary>
    private bool IsEcho(JsonElement root, JsonElement meta, string id, string? stamp) => Text(meta, "change_source") == "api" && Text(meta, "action") switch
    {
        "create" => OfData(root, PipedriveActivityFields.Body)?.Contains(PipedriveActivityFields.TaskMark, StringComparison.Ordinal) == true,
        "change" => shelf.IsOurAct(id, stamp, OfData(root, "done")),
        _ => false,
    };

    /// <summary>Each under a name of its own, but for the first, which bears the event's where nothing else does.</summary>
    private static IEnumerable<WebhookHint> OfLeads(string[] leads, string key, bool isKeyTaken) =>
        leads.Select((lead, i) => new WebhookHint(PipedriveStreams.Leads, lead, i == 0 && !isKeyTaken ? key : $"{key}:{lead}"));

    /// <summary>Where it hangs on deals too, their leads are still to be found; else its stamp, as a poll finds it, stands for its lead.</summary>
    private static IEnumerable<WebhookHint> OfActivity(string id, string lead, string key, bool hasDeals, string? stamp) => hasDeals
        ? [new(PipedriveStreams.Activities, id, key)]
        : stamp is null ? [] : [new(PipedriveStreams.Leads, lead, $"{PipedriveStreams.Activities}:{id}@{stamp}")];

    /// <summary>What it hangs on, and what it hung on before.</summary>
    private static IEnumerable<string> Named(JsonElement root, string name) => new[] { Of(root, "data", name), Of(root, "previous", name) }.OfType<string>().Distinct();

    private static string? OfData(JsonElement root, string name) => Of(root, "data", name) ?? Of(root, "previous", name);

    private static string? Of(JsonElement root, string part, string name) =>
        root.TryGetProperty(part, out var state) && state.ValueKind == JsonValueKind.Object ? Text(state, name) : null;

    private static string? Text(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => CrmJson.Text(value),
    };
}
