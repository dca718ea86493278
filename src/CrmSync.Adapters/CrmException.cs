namespace CrmSync.Adapters;

/// <summary>The few kinds of failure that the rest of the service tells apart.</summary>
public enum CrmFailure
{
    /// <summary>Time-outs, 5xx, cut or foreign bodies: again soon.</summary>
    Transient,

    /// <summary>Not before <see cref="CrmException.RetryAt"/>.</summary>
    RateLimited,

    /// <summary>The credentials are refused, after one refresh and one retry: a person must act.</summary>
    Unauthorised,

    /// <summary>The record or endpoint does not exist.</summary>
    NotFound,

    /// <summary>The CRM holds another state than the caller believed.</summary>
    Conflict,

    /// <summary>The CRM understood and said no: a missing scope, a validation rule, an unknown property.</summary>
    Refused,
}

/// <summary>
/// What went wrong at a CRM, in the product's own words. The message never holds a token, a person's value or a raw body;
/// <see cref="OutcomeUnknown"/> says that a request that changes something may have been applied.
/// </summary>
public sealed class CrmException(CrmFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public CrmFailure Failure { get; } = failure;

    /// <summary>Earliest useful next try, if the CRM or our own quota names one.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The request may have reached the CRM and taken effect.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Only this kind of work rests, to leave quota for more urgent work: nothing else of the connection stops.</summary>
    public bool IsOwnRest { get; init; }

    /// <summary>What an admin can do about it.</summary>
    public string? Repair { get; init; }
}
