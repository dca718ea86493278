using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Polling;

/// <summary>
/// A place in a stream. Between rounds only <see cref="Seen"/> counts: all changes up to it were handed out. Inside a round
/// the rest says where to go on, by (modified, id) instead of page numbers: those shift when records change meanwhile, and
/// end at 10,000.
/// </summary>
internal sealed record PollPosition(long Seen, PollRound? Round = null)
{
    private static readonly JsonSerializerOptions Compact = new(CrmJson.Options) { RespectRequiredConstructorParameters = true };

    public string Write() => JsonSerializer.Serialize(this, Compact);

    /// <summary>Null for garbage, and for an instant that has not come yet.</summary>
    public static PollPosition? Read(string text, DateTimeOffset now)
    {
        try
        {
            var position = JsonSerializer.Deserialize<PollPosition>(text, Compact);
            return position is { Seen: >= 0 } && position.Seen <= now.ToUnixTimeMilliseconds() && position.Round is null or { Key: >= 0 } ? position : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A round under way.</summary>
/// <param name="Began">When: what changed later belongs to the next round.</param>
/// <param name="Key">Modified instant to go on from, inclusive.</param>
/// <param name="Id">Set while more records share <paramref name="Key"/> than fit a page: ids up to it are done.</param>
internal sealed record PollRound(long Began, long Key, string? Id = null);
