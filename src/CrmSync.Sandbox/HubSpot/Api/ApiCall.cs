using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>One call of a client on one account, with the parts of its path.</summary>
internal sealed record ApiCall(Portal Portal, CrmRequest Request, ChangeSource Actor, IReadOnlyDictionary<string, string> Parts)
{
    private JsonObject? body;

    /// <summary>What the call changed, for the log.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>The contacts that the call was shown whole, for the log.</summary>
    public List<string> Reads { get; } = [];

    /// <summary>When the oldest change happened that the index does not show it yet, for the log.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    public JsonObject Body => body ??= HubSpotJson.ReadObject(Request.Body);

    public string this[string part] => Parts[part];

    public WriteContext Write => new(Actor, Request.Now) { Effects = Effects };

    public ObjectType Type(string part = "type") =>
        ObjectType.Find(this[part]) ?? throw new HubSpotRefusal(400, $"Unable to infer object type from: {this[part]}", "VALIDATION_ERROR");

    /// <summary>A record's state as this call sees it: the present, or the past when a stale answer is asked of the sandbox.</summary>
    public RecordState? See(HubSpotRecord record) =>
        Request.Staleness == TimeSpan.Zero ? record.State : record.AsOf((Request.Now - Request.Staleness).UtcTicks);

    /// <summary>Notes that the index does not show a record yet as it is.</summary>
    public void Miss(RecordState state) => Oldest = Oldest < state.UpdatedAt ? Oldest : state.UpdatedAt;

    public IReadOnlyList<string> ListParameter(string name) =>
        (Request.Parameter(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool IsArchivedWanted => Request.Parameter("archived") == "true";

    public int Limit(int usual, int most)
    {
        if (Request.Parameter("limit") is not { } text)
        {
            return usual;
        }

        return int.TryParse(text, out var limit) && limit >= 0 && limit <= most
            ? limit
            : throw HubSpotRefusal.Validation($"Invalid input: limit must be between 0 and {most}");
    }
}

/// <summary>A successful answer: a status and a body, or none.</summary>
internal sealed record ApiReply(int Status, JsonNode? Body)
{
    public static ApiReply Ok(JsonNode body) => new(200, body);

    public static ApiReply Created(JsonNode body) => new(201, body);

    public static readonly ApiReply NoContent = new(204, null);
}
