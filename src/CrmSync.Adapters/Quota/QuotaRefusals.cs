namespace CrmSync.Adapters.Quota;

/// <summary>Why a request is not sent for want of quota, and when it may be.</summary>
internal static class QuotaRefusals
{
    /// <summary>The vendor says that nothing is left, or somebody before it shut us out.</summary>
    public static CrmException Spent(QuotaShut? shut, DateTimeOffset retryAt) => new(CrmFailure.RateLimited, shut?.Problem ?? "The CRM's quota is spent.")
    {
        RetryAt = retryAt,
        Repair = shut?.Repair ?? "What arrives is kept until then. Raise the account's quota, or have other apps use less of it.",
    };

    /// <summary>Nothing of our share is left: all work of the connection waits.</summary>
    public static CrmException Exhausted(string budget, DateTimeOffset retryAt) => new(CrmFailure.RateLimited, $"Our share of the quota '{budget}' is spent.")
    {
        RetryAt = retryAt,
        Repair = "Raise QuotaShare, or the account's quota.",
    };

    /// <summary>What is left is kept for more urgent work: this kind alone waits.</summary>
    public static CrmException Resting(string budget, QuotaPurpose purpose, DateTimeOffset retryAt) =>
        new(CrmFailure.RateLimited, $"{(purpose == QuotaPurpose.Sweep ? "Sweeps" : "Polls")} rest, so that the quota '{budget}' lasts for decisions.")
        {
            RetryAt = retryAt,
            Repair = "Nothing needs to be done; a higher QuotaShare or quota makes it quicker.",
            IsOwnRest = true,
        };
}
