namespace CrmSync.Adapters.Http;

/// <summary>What a vendor's folder says about its HTTP.</summary>
internal sealed record CrmHttpRules
{
    public required Uri BaseUrl { get; init; }

    /// <summary>Whether sending a request twice changes nothing: a read, even one that is a POST.</summary>
    public required Func<HttpRequestMessage, bool> IsRead { get; init; }

    /// <summary>What an answer that is no success means.</summary>
    public required Func<HttpResponseMessage, bool, CancellationToken, Task<CrmException>> Translate { get; init; }
}
