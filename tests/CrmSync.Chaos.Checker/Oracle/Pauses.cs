using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>A pause after a "no". <paramref name="Until"/> is null for one that never ends.</summary>
public sealed record Pause(DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>Since when a lead rests: the evidence tells, or the audit with its last "no".</summary>
public sealed class Pauses(IEnumerable<AuditRow> audit)
{
    private readonly ILookup<string?, AuditRow> _ends = audit
        .Where(row => row is { Kind: "Decided", HandoverState: "Rejected" or "Disqualified" or "Expired" or "Recycled" or "Withdrawn" or "Lost", At: not null })
        .ToLookup(row => row.LeadKey);

    /// <summary>Null where no pause was in force.</summary>
    public Pause? Of(string leadKey, StoredInputs inputs)
    {
        if (inputs.State is null or "Held" or "AwaitingDecision" or "Returned")
            return null;
        // A "no" that came along with a merged record is in the audit of the other: then the evidence alone tells.
        var ended = inputs.CoolOffSince ?? _ends[leadKey].Select(row => Instant.Of(row.At!)).Where(at => at <= inputs.JudgedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        if (inputs.CoolOffUntil is { } until)
            return new(ended, until);
        // The store writes no instant for "never": the state tells.
        return inputs.State == "Disqualified" ? new(ended, null) : null;
    }
}
