using CrmSync.Sandbox.Contracts;

namespace CrmSync.Sandbox.Engine;

/// <summary>A webhook request on its way: built anew for every attempt, since signatures carry the time of sending.</summary>
internal sealed record WebhookDelivery
{
    public required string Crm { get; init; }
    public required string AccountId { get; init; }
    public required Uri Url { get; init; }
    public required DateTimeOffset Due { get; init; }
    public int Attempt { get; init; }

    /// <summary>A short word for the log, such as the number of events.</summary>
    public required string Note { get; init; }

    /// <summary>The events it carries, by the vendor's id.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The change that it tells of, where it is of one alone.</summary>
    public ToldChange? About { get; init; }

    /// <summary>When the oldest change happened that it tells of.</summary>
    public required DateTimeOffset Oldest { get; init; }

    /// <summary>Makes the request for an attempt (counted from 0) sent at an instant.</summary>
    public required Func<int, DateTimeOffset, HttpRequestMessage> Build { get; init; }

    /// <summary>When to try again after this attempt failed; null to give up.</summary>
    public required Func<int, TimeSpan?> RetryAfter { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told how an attempt went: its number, the status (null without an answer), and when.</summary>
    public Action<int, int?, DateTimeOffset>? Settled { get; init; }
}

/// <summary>Where dialects leave what is to be sent; they may add to what waits until it is taken.</summary>
internal interface IWebhookSource
{
    /// <summary>Takes all deliveries due by now.</summary>
    IReadOnlyList<WebhookDelivery> TakeDue(DateTimeOffset now);

    /// <summary>Puts a failed delivery back for its next attempt.</summary>
    void Return(WebhookDelivery delivery);

    DateTimeOffset? NextDue { get; }
}
