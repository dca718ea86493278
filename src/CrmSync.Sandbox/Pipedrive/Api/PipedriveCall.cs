using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>What an endpoint answers.</summary>
internal sealed record PipedriveReply(int Status, JsonNode Body);

/// <summary>One request on its way through an endpoint.</summary>
/// <param name="Parts">The variable parts of the path, in order.</param>
internal sealed record PipedriveCall(PipedriveCompany Company, CrmRequest Request, IReadOnlyList<string> Parts, CompanyWrite Context)
{
    private const int MostPerPage = 500;
    private const int UsualPage = 100;

    /// <summary>What is to happen later, and where that is written down.</summary>
    public required DueActions Later { get; init; }
    public required Action<DateTimeOffset, string, IReadOnlyList<Effect>> Log { get; init; }

    public required SubscriptionBook Webhooks { get; init; }

    /// <summary>The people's records that the answer shows, by id.</summary>
    public List<string> Reads { get; } = [];

    /// <summary>The instant that reads look at.</summary>
    public DateTimeOffset SeenAt => Request.Now - Request.Staleness;

    public PipedriveSwitches Switches => Company.Switches;

    /// <summary>The body as an object.</summary>
    public JsonObject Body => Json() as JsonObject ?? throw Refusal.Generic(400, "Bad request");

    public JsonArray BodyArray => Json() as JsonArray ?? throw Refusal.Schema("body: must be an array");

    /// <summary>The numeric id in the path, or the 400 that a text deserves.</summary>
    public Item Item(EntityKind kind, int part = 0)
    {
        if (kind != EntityKind.Lead && !long.TryParse(Parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw kind == EntityKind.Note ? Refusal.Generic(400, "Bad request") : Refusal.Schema("id: must be a number");
        }

        return Company.Table(kind).Find(Parts[part]) is { IsGone: false } found && found.Seen(SeenAt) is not null ? found : throw Refusal.NotFound(kind);
    }

    /// <summary>A whole number in the query; null when it is absent.</summary>
    public long? Number(string name) => Request.Parameter(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Refusal.Schema($"{name}: must be a number");

    /// <summary>How many records a page may hold.</summary>
    public int Limit()
    {
        var limit = Number("limit") ?? UsualPage;
        return limit is < 1 or > MostPerPage && !Switches.LimitClamped ? throw Refusal.Schema($"limit: must be between 1 and {MostPerPage}") : (int)Math.Clamp(limit, 1, MostPerPage);
    }

    /// <summary>A list of words in the query, joined by commas.</summary>
    public IReadOnlyList<string> List(string name) => Request.Parameter(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private JsonNode? Json()
    {
        try
        {
            return Request.Body.IsEmpty ? new JsonObject() : JsonNode.Parse(Request.Body.Span);
        }
        catch (JsonException)
        {
            throw Refusal.Generic(400, "Bad request");
        }
    }
}
