namespace CrmSync.Sandbox.Contracts;

/// <summary>
/// A fault to inject: status, delay, cut, drop-before, drop-after, delay-apply, stale, revoke, redirect, html or repeat-page. It hits the first <see cref="Take"/> requests
/// that match, or each <see cref="Every"/>-th one; with neither it hits them all.
/// A delayed request takes effect even if the client has left; delay-apply lets the client go at once and takes effect later.
/// A repeat-page answers the request for a further page with the page before, cursor and all; it hits and counts no other request.
/// </summary>
public sealed record FaultRequest
{
    public required string Crm { get; init; }
    public FaultMatch Match { get; init; } = new();
    public int? Take { get; init; }
    public int? Every { get; init; }
    public required string Fault { get; init; }
    public int? Status { get; init; }
    public IReadOnlyDictionary<string, string?>? Headers { get; init; }
    public string? Body { get; init; }

    /// <summary>How long a delay lasts, how late an effect is applied, or how old a stale answer is.</summary>
    public double? Seconds { get; init; }
}

/// <summary>
/// Which requests a fault is for: also the calls of an event stream (method <c>GRPC</c>, any fault but revoke means unavailable), its answers (<c>STREAM</c> with
/// the topic as path: the stream is cut) and the places from which a client wants to go on (<c>REPLAY</c> with the topic: the place is kept no longer). A path
/// matches as a part of the real one, or as a whole with <c>*</c> for any text.
/// </summary>
public sealed record FaultMatch
{
    public string? Method { get; init; }
    public string? Path { get; init; }
}

/// <summary>The fault's number, as the log names it.</summary>
public sealed record FaultReply(int Id);
