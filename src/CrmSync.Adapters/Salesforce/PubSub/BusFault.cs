using Grpc.Core;

namespace CrmSync.Adapters.Salesforce.PubSub;

internal enum BusFaultKind
{
    /// <summary>Again soon.</summary>
    Passing,

    /// <summary>The session is over or was never good.</summary>
    Session,

    /// <summary>The place is older than what is kept, or is none.</summary>
    Place,

    /// <summary>As many events were delivered as one day may have.</summary>
    Allowance,

    /// <summary>There is no such topic, or it is not for us.</summary>
    Topic,
}

/// <summary>Why a call ended, by the code that the bus gives. <paramref name="Word"/> may be shown: it tells of nobody.</summary>
internal sealed record BusFault(BusFaultKind Kind, string Word)
{
    private const string Trailer = "error-code";
    private const string Prefix = "sfdc.platform.eventbus.grpc.";

    public static BusFault Of(RpcException error)
    {
        var code = error.Trailers.GetValue(Trailer) ?? "";
        var word = code.StartsWith(Prefix, StringComparison.Ordinal) && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '.') ? code[Prefix.Length..] : error.StatusCode.ToString();
        return new(KindOf(word, error.StatusCode), word);
    }

    private static BusFaultKind KindOf(string word, StatusCode status) => word switch
    {
        "subscription.fetch.replayid.corrupted" or "subscription.fetch.replayid.validation.failed" => BusFaultKind.Place,
        "subscription.limit.exceeded" => BusFaultKind.Allowance,
        "service.auth.error" => BusFaultKind.Session,
        _ when word.StartsWith("topic.", StringComparison.Ordinal) && !word.EndsWith("unavailable", StringComparison.Ordinal) => BusFaultKind.Topic,
        "subscription.topic.cannot.subscribe" or "service.auth.headers.invalid" => BusFaultKind.Topic,
        _ => status switch
        {
            StatusCode.Unauthenticated => BusFaultKind.Session,
            StatusCode.PermissionDenied or StatusCode.Unimplemented => BusFaultKind.Topic,
            _ => BusFaultKind.Passing,
        },
    };
}
