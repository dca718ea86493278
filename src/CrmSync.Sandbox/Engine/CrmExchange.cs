using System.Text;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>A request as a dialect sees it: read to the end, with the instant at which it takes effect.</summary>
internal sealed record CrmRequest
{
    public required string Method { get; init; }
    public required string Path { get; init; }

    /// <summary>The query, decoded; a name given twice has its values joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public required ReadOnlyMemory<byte> Body { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>How far behind the present a read may look; zero but for the stale fault.</summary>
    public TimeSpan Staleness { get; init; }

    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string? Parameter(string name) => Query.GetValueOrDefault(name);
}

/// <summary>A dialect's answer, with what the log wants to know about it.</summary>
internal sealed record CrmReply
{
    public required int Status { get; init; }
    public Dictionary<string, string> Headers { get; init; } = [];
    public string? ContentType { get; init; }
    public ReadOnlyMemory<byte> Body { get; init; }
    public string? AccountId { get; init; }
    public string? Identity { get; init; }
    public int? WindowUsed { get; init; }
    /// <summary>Where the next page is asked (see <see cref="PageBook.PageAt"/>); null behind the last one, and for what has no pages.</summary>
    public string? NextPage { get; init; }
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>When the oldest change happened that it could not show yet.</summary>
    public DateTimeOffset? Oldest { get; init; }
    public IReadOnlyList<Effect> Effects { get; init; } = [];
}
