namespace CrmSync.Adapters;

/// <summary>One webhook call as it arrived: the raw bytes, and the URI as the sender saw it.</summary>
public sealed record WebhookDelivery(
    string Method, Uri PublicUri, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

public enum WebhookVerdict
{
    Authentic,

    /// <summary>No, wrong, stale or future signature. Nothing of the body was read.</summary>
    Unauthentic,

    /// <summary>Authentic, but not the shape this CRM sends.</summary>
    Malformed,

    /// <summary>Authentic, and to be sent again: what it tells cannot be understood before the account was looked at.</summary>
    NotYet,
}

/// <summary>
/// A hint that a record changed. <paramref name="Stream"/> is one of the adapter's streams; <paramref name="Delivery"/>
/// is the same for every delivery of the same event.
/// </summary>
public readonly record struct WebhookHint(string Stream, string RecordId, string Delivery);

/// <summary>
/// What a delivery says. <paramref name="Ignored"/> counts events of kinds we do not know, <paramref name="Bad"/> events
/// that could not be understood; both are answered with success, so that the sender does not repeat them.
/// </summary>
public sealed record WebhookReading(WebhookVerdict Verdict, IReadOnlyList<WebhookHint> Hints, int Ignored, int Bad)
{
    public static WebhookReading Unauthentic { get; } = new(WebhookVerdict.Unauthentic, [], 0, 0);
    public static WebhookReading Malformed { get; } = new(WebhookVerdict.Malformed, [], 0, 0);
    public static WebhookReading NotYet { get; } = new(WebhookVerdict.NotYet, [], 0, 0);

    /// <summary>Writes of ours that the delivery tells of, with what they took the place of; empty where the CRM tells no such thing.</summary>
    public IReadOnlyList<ToldWrite> Writes { get; init; } = [];

    /// <summary>Merges that the delivery tells of; empty where a record that was merged says so itself.</summary>
    public IReadOnlyList<ToldMerge> Merges { get; init; } = [];
}

/// <summary>Checks and reads one connection's webhooks. Pure: no I/O, no clock. Never throws on any input.</summary>
public interface ICrmWebhook
{
    /// <summary>Calls come with a further, secret part behind the connection's path.</summary>
    bool HasSecretPath => false;

    WebhookReading Read(WebhookDelivery delivery, DateTimeOffset now);
}
