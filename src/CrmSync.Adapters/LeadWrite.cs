using CrmSync.Leads;

namespace CrmSync.Adapters;

/// <summary>What a write does to the stage.</summary>
public enum StageStep
{
    /// <summary>The stage is not part of the request.</summary>
    Keep,
    Set,

    /// <summary>First of two requests where the vendor only goes forward: empty the stage.</summary>
    Clear,
}

/// <summary>
/// One effect on one lead: stage, hand-over fields and marker in one request. <paramref name="Fields"/> goes by
/// <see cref="CrmSync.Leads.Fields.HandoverFields"/> name; null empties a field; instants are UTC ISO 8601.
/// </summary>
public sealed record LeadWrite(
    string LeadId, string TraceId, StageStep Step, LifecycleStage? Stage, IReadOnlyDictionary<string, string?> Fields)
{
    /// <summary>Who becomes the lead's owner in the same request, by <see cref="CrmUser.Id"/>; null: the owner is not part of it.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The CRM's own value of a stage that is none of ours, to be put back for somebody; null: the stage says it.</summary>
    public string? StageValue { get; init; }
}

public enum WriteOutcome
{
    /// <summary>Read back: the CRM holds what was sent.</summary>
    Applied,

    /// <summary>The CRM answered success and kept its old stage.</summary>
    Unchanged,

    /// <summary>The CRM refused this row; <see cref="LeadWriteResult.Reason"/> in its own words, without values.</summary>
    Refused,
    Gone,

    /// <summary>It may or may not have been applied: read before anything else.</summary>
    Unknown,

    /// <summary>Certainly not applied and worth another try later.</summary>
    NotSent,
}

/// <summary>What became of one write.</summary>
public sealed record LeadWriteResult(string LeadId, string TraceId, WriteOutcome Outcome, string? Reason = null, DateTimeOffset? At = null)
{
    /// <summary>
    /// The lead as it stood right after the write, to the depth of <see cref="ReadDepth.GuardHistory"/>, where the adapter had to look by
    /// itself; null where it did not.
    /// </summary>
    public CrmLead? Shown { get; init; }

    /// <summary>
    /// The answer that stands in the record and was no part of the write, where the reply to the write itself shows it: whoever gave it
    /// was there before us. Null where there is none, or the reply does not show it.
    /// </summary>
    public string? AnswerBeside { get; init; }

    /// <summary>Not sent for what the account lacks, or taken without it, which is no single record's matter: a check tells what.</summary>
    public bool IsOfAccount { get; init; }
}
