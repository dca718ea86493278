namespace CrmSync.Adapters.Http;

/// <summary>What a vendor's folder says about its HTTP.</summary>
internal sealed record CrmHttpRules
{
    public required Uri BaseUrl { get; init; }

    /// <summary>Whether sending a request twice changes nothing: a read, even one that is a POST.</summary>
    public required Func<HttpRequestMessage, bool> IsRead { get; init; }

    /// <summary>Where the token in force is good, for vendors that say so with each token: requests go there. Null: to <see cref="BaseUrl"/>.</summary>
    public Func<Uri?> Instance { get; init; } = () => null;

    /// <summary>How long one try may take.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A header of the vendor's own for the token; null: it goes as a bearer token.</summary>
    public string? TokenHeader { get; init; }

    /// <summary>Whether another token can help against a refusal: some are about rights, which a new token does not bring.</summary>
    public Func<HttpResponseMessage, CancellationToken, Task<bool>> MayRenew { get; init; } = (_, _) => Task.FromResult(true);

    /// <summary>Whether a success may come without a body (HTTP 204).</summary>
    public Func<HttpRequestMessage, bool> MayAnswerNothing { get; init; } = _ => false;

    /// <summary>Whether a request is of a service that answers in XML; all others are held to JSON.</summary>
    public Func<HttpRequestMessage, bool> AnswersInXml { get; init; } = _ => false;

    /// <summary>What an answer that is no success means.</summary>
    public required Func<HttpResponseMessage, bool, CancellationToken, Task<CrmException>> Translate { get; init; }
}
