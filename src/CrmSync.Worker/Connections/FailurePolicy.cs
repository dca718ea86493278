using CrmSync.Adapters;

namespace CrmSync.Worker.Connections;

/// <summary>What each kind of failure means: the one table of it. Short retries were made in the HTTP pipeline already.</summary>
internal static class FailurePolicy
{
    private static readonly TimeSpan[] Soon = [.. new[] { 5, 15, 30, 60, 120, 300 }.Select(s => TimeSpan.FromSeconds(s))];
    private static readonly TimeSpan[] AfterAPerson = [.. new[] { 1, 5, 15, 60 }.Select(m => TimeSpan.FromMinutes(m))];

    /// <summary>When the connection is tried again after its n-th failure in a row.</summary>
    public static DateTimeOffset RetryAt(CrmException failure, int failures, DateTimeOffset now) => failure.Failure switch
    {
        CrmFailure.RateLimited => failure.RetryAt is { } at && at > now ? at : now + Step(Soon, failures),
        CrmFailure.Unauthorised or CrmFailure.Refused or CrmFailure.NotFound => now + Step(AfterAPerson, failures),
        CrmFailure.Conflict => now,
        _ => now + Step(Soon, failures),
    };

    /// <summary>Nobody but a person can repair it.</summary>
    public static bool NeedsAttention(CrmFailure failure) =>
        failure is CrmFailure.Unauthorised or CrmFailure.Refused or CrmFailure.NotFound;

    /// <summary>When a lead is tried again, or null: it goes into quarantine.</summary>
    public static DateTimeOffset? LeadRetryAt(int tries, DateTimeOffset now) => tries < 3 ? now + Step(Soon, tries + 1) : null;

    private static TimeSpan Step(TimeSpan[] steps, int failures) => steps[Math.Min(failures, steps.Length) - 1];
}
